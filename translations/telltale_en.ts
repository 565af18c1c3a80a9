<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>telltale::Analysis</name>
    <message numerus="yes">
        <source>%n span(s) found.</source>
        <translation>
            <numerusform>%n span found.</numerusform>
            <numerusform>%n spans found.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ExportDialog</name>
    <message numerus="yes">
        <source>%n span(s) will be written.</source>
        <translation>
            <numerusform>%n span will be written.</numerusform>
            <numerusform>%n spans will be written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::StatisticsPanel</name>
    <message numerus="yes">
        <source>Accuracy %1, macro F1 %2 over %n decided span(s)</source>
        <translation>
            <numerusform>Accuracy %1, macro F1 %2 over %n decided span</numerusform>
            <numerusform>Accuracy %1, macro F1 %2 over %n decided spans</numerusform>
        </translation>
    </message>
</context>
</TS>
