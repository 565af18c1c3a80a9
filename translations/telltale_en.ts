<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>telltale::Document</name>
    <message numerus="yes">
        <source>%1 (%n spans)</source>
        <translation>
            <numerusform>%1 (%n span)</numerusform>
            <numerusform>%1 (%n spans)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Decide %n proposal(s)</source>
        <translation>
            <numerusform>Decide %n proposal</numerusform>
            <numerusform>Decide %n proposals</numerusform>
        </translation>
    </message>
</context>
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
<context>
    <name>telltale::MainWindow</name>
    <message numerus="yes">
        <source>Somebody else had changed what you were changing: both versions are kept. %n conflict(s) are open.</source>
        <translation>
            <numerusform>Somebody else had changed what you were changing: both versions are kept. %n conflict is open.</numerusform>
            <numerusform>Somebody else had changed what you were changing: both versions are kept. %n conflicts are open.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ClosingDialog</name>
    <message numerus="yes">
        <source>The journal on this computer could not take %n of them: if you close now, these are lost.</source>
        <translation>
            <numerusform>The journal on this computer could not take %n of them: if you close now, it is lost.</numerusform>
            <numerusform>The journal on this computer could not take %n of them: if you close now, these are lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) are not in the project yet.</source>
        <translation>
            <numerusform>%n edit is not in the project yet.</numerusform>
            <numerusform>%n edits are not in the project yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Conflicts</name>
    <message numerus="yes">
        <source>%1, and %n more</source>
        <translation>
            <numerusform>%1, and %n more</numerusform>
            <numerusform>%1, and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::HistoryPanel</name>
    <message numerus="yes">
        <source>%n edit(s), newest first. Nothing is ever taken out of this list.</source>
        <translation>
            <numerusform>%n edit. Nothing is ever taken out of this list.</numerusform>
            <numerusform>%n edits, newest first. Nothing is ever taken out of this list.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::MissingVideosDialog</name>
    <message numerus="yes">
        <source>%n video(s) of the project are not where they were. Choose a folder: it is searched, with all folders in it, for files of the same size and content, whatever they are called now.</source>
        <translation>
            <numerusform>%n video of the project is not where it was. Choose a folder: it is searched, with all folders in it, for a file of the same size and content, whatever it is called now.</numerusform>
            <numerusform>%n videos of the project are not where they were. Choose a folder: it is searched, with all folders in it, for files of the same size and content, whatever they are called now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 found among %n file(s).</source>
        <translation>
            <numerusform>%1 of %2 found among %n file.</numerusform>
            <numerusform>%1 of %2 found among %n files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read.</source>
        <translation>
            <numerusform>%n file could not be read.</numerusform>
            <numerusform>%n files could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::StoreStatus</name>
    <message numerus="yes">
        <source>Saving %n edit(s)...</source>
        <translation>
            <numerusform>Saving %n edit...</numerusform>
            <numerusform>Saving %n edits...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) wait: %1</source>
        <translation>
            <numerusform>%n edit waits: %1</numerusform>
            <numerusform>%n edits wait: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::CropEditing</name>
    <message numerus="yes">
        <source>%n crop(s) found.</source>
        <translation>
            <numerusform>%n crop found.</numerusform>
            <numerusform>%n crops found.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::PoseEditing</name>
    <message numerus="yes">
        <source>%n point(s) copied from frame %1.</source>
        <translation>
            <numerusform>%n point copied from frame %1.</numerusform>
            <numerusform>%n points copied from frame %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) between %1 and %2 interpolated.</source>
        <translation>
            <numerusform>%n frame between %1 and %2 interpolated.</numerusform>
            <numerusform>%n frames between %1 and %2 interpolated.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::AugmentationPanel</name>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n epoch</numerusform>
            <numerusform>%n epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>mean of %n class(es)</source>
        <translation>
            <numerusform>mean of %n class</numerusform>
            <numerusform>mean of %n classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SpanKeys</name>
    <message numerus="yes">
        <source>%n frame(s) earlier: place %1 of %2.</source>
        <translation>
            <numerusform>%n frame earlier: place %1 of %2.</numerusform>
            <numerusform>%n frames earlier: place %1 of %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) later: place %1 of %2.</source>
        <translation>
            <numerusform>%n frame later: place %1 of %2.</numerusform>
            <numerusform>%n frames later: place %1 of %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ImportDialog</name>
    <message numerus="yes">
        <source>%n span(s)</source>
        <translation>
            <numerusform>%n span</numerusform>
            <numerusform>%n spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n video</numerusform>
            <numerusform>%n videos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skeleton(s)</source>
        <translation>
            <numerusform>%n skeleton</numerusform>
            <numerusform>%n skeletons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::Adaptation</name>
    <message numerus="yes">
        <source>%n pseudo-label(s) entered.</source>
        <translation>
            <numerusform>%n pseudo-label entered.</numerusform>
            <numerusform>%n pseudo-labels entered.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoundTexts</name>
    <message numerus="yes">
        <source>%1 of the pool was accepted, after %2 in the first round; of %n audit item(s) %3 were right, after %4.</source>
        <translation>
            <numerusform>%1 of the pool was accepted, after %2 in the first round; of %n audit item %3 were right, after %4.</numerusform>
            <numerusform>%1 of the pool was accepted, after %2 in the first round; of %n audit items %3 were right, after %4.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the spans that would be named a frequent class became pseudo-labels, but %2 of %n span(s) that would be named a rare one.</source>
        <translation>
            <numerusform>%1 of the spans that would be named a frequent class became pseudo-labels, but %2 of %n span that would be named a rare one.</numerusform>
            <numerusform>%1 of the spans that would be named a frequent class became pseudo-labels, but %2 of %n spans that would be named a rare one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>People agreed with %1 of what the review list put forward, but with %2 of %n audit item(s), which are drawn at random.</source>
        <translation>
            <numerusform>People agreed with %1 of what the review list put forward, but with %2 of %n audit item, which are drawn at random.</numerusform>
            <numerusform>People agreed with %1 of what the review list put forward, but with %2 of %n audit items, which are drawn at random.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 right (%2 to %3), estimated from %n audit item(s)</source>
        <translation>
            <numerusform>%1 right (%2 to %3), estimated from %n audit item</numerusform>
            <numerusform>%1 right (%2 to %3), estimated from %n audit items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>unknown: none of its %n audit item(s) is decided yet. Choose the order &quot;Random audit&quot; in the review list and decide some.</source>
        <translation>
            <numerusform>unknown: none of its %n audit item is decided yet. Choose the order &quot;Random audit&quot; in the review list and decide some.</numerusform>
            <numerusform>unknown: none of its %n audit items is decided yet. Choose the order &quot;Random audit&quot; in the review list and decide some.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SpanEditText</name>
    <message numerus="yes">
        <source>start moved %n frame(s) later</source>
        <translation>
            <numerusform>start moved %n frame later</numerusform>
            <numerusform>start moved %n frames later</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>start moved %n frame(s) earlier</source>
        <translation>
            <numerusform>start moved %n frame earlier</numerusform>
            <numerusform>start moved %n frames earlier</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>end moved %n frame(s) later</source>
        <translation>
            <numerusform>end moved %n frame later</numerusform>
            <numerusform>end moved %n frames later</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>end moved %n frame(s) earlier</source>
        <translation>
            <numerusform>end moved %n frame earlier</numerusform>
            <numerusform>end moved %n frames earlier</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>merged with %n span(s)</source>
        <translation>
            <numerusform>merged with %n span</numerusform>
            <numerusform>merged with %n spans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::NewProjectWizard</name>
    <message numerus="yes">
        <source>%n subject(s)</source>
        <translation>
            <numerusform>%n subject</numerusform>
            <numerusform>%n subjects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::SubjectsPage</name>
    <message numerus="yes">
        <source>%n video(s) have no subject yet: change the rule, or write one in the table.</source>
        <translation>
            <numerusform>%n video have no subject yet: change the rule, or write one in the table.</numerusform>
            <numerusform>%n videos have no subject yet: change the rule, or write one in the table.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n subject(s).</source>
        <translation>
            <numerusform>%n subject.</numerusform>
            <numerusform>%n subjects.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::VideosPage</name>
    <message numerus="yes">
        <source>%n video(s) can be read.</source>
        <translation>
            <numerusform>%n video can be read.</numerusform>
            <numerusform>%n videos can be read.</numerusform>
        </translation>
    </message>
</context>
</TS>
