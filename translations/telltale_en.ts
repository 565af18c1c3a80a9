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
<context>
    <name>SpanActions</name>
    <message numerus="yes">
        <source>%n proposal(s) accepted. One undo takes them all back.</source>
        <translation>
            <numerusform>%n proposal accepted. One undo takes it back.</numerusform>
            <numerusform>%n proposals accepted. One undo takes them all back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::AcceptAboveDialog</name>
    <message numerus="yes">
        <source>Accepts %n proposal(s) of the %1 that are open, without anybody having looked at them. One undo takes them all back.</source>
        <translation>
            <numerusform>Accepts %n proposal of the %1 that are open, without anybody having looked at it. One undo takes it back.</numerusform>
            <numerusform>Accepts %n proposals of the %1 that are open, without anybody having looked at them. One undo takes them all back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::NotesView</name>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
</context>
</TS>
