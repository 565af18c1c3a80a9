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
        <source>The files of %n video(s) are missing. Choose a folder: it is searched, with all folders in it, for the same content under any name, and for the names of videos that were never here.</source>
        <translation>
            <numerusform>The file of %n video is missing. Choose a folder: it is searched, with all folders in it, for the same content under any name, and for its name if it was never here.</numerusform>
            <numerusform>The files of %n videos are missing. Choose a folder: it is searched, with all folders in it, for the same content under any name, and for the names of videos that were never here.</numerusform>
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
<context>
    <name>telltale::AgreementPage</name>
    <message numerus="yes">
        <source>In brackets: 95 % intervals over %n subject(s).</source>
        <translation>
            <numerusform>In brackets: 95 % intervals over %n subject.</numerusform>
            <numerusform>In brackets: 95 % intervals over %n subjects.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In brackets: 95 % intervals over %n video(s), because there is one subject.</source>
        <translation>
            <numerusform>In brackets: 95 % intervals over %n video, because there is one subject.</numerusform>
            <numerusform>In brackets: 95 % intervals over %n videos, because there is one subject.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fleiss&apos; kappa of %n annotator(s), frames</source>
        <translation>
            <numerusform>Fleiss&apos; kappa of %n annotator, frames</numerusform>
            <numerusform>Fleiss&apos; kappa of %n annotators, frames</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Krippendorff&apos;s alpha of %n annotator(s), frames</source>
        <translation>
            <numerusform>Krippendorff&apos;s alpha of %n annotator, frames</numerusform>
            <numerusform>Krippendorff&apos;s alpha of %n annotators, frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ConfusionPage</name>
    <message numerus="yes">
        <source>%1: %n decided span(s)</source>
        <translation>
            <numerusform>%1: %n decided span</numerusform>
            <numerusform>%1: %n decided spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %n detection(s) that nobody has judged left out</source>
        <translation>
            <numerusform>; %n detection that nobody has judged left out</numerusform>
            <numerusform>; %n detections that nobody has judged left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>named both ways by people: %n gesture(s)</source>
        <translation>
            <numerusform>named both ways by people: %n gesture</numerusform>
            <numerusform>named both ways by people: %n gestures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n detection(s) are in the list no more: they were removed, or a newer run took their place.</source>
        <translation>
            <numerusform>%n detection are in the list no more: they were removed, or a newer run took their place.</numerusform>
            <numerusform>%n detections are in the list no more: they were removed, or a newer run took their place.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ModalityPage</name>
    <message numerus="yes">
        <source>As measured when the system was adapted (%1), on %n held-out span(s).</source>
        <translation>
            <numerusform>As measured when the system was adapted (%1), on %n held-out span.</numerusform>
            <numerusform>As measured when the system was adapted (%1), on %n held-out spans.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ConfusionFigures</name>
    <message numerus="yes">
        <source>All %n decided span(s) are of one class, and so the answers say: there is nothing to confuse.

Decide spans of a second class.</source>
        <translation>
            <numerusform>All %n decided span are of one class, and so the answers say: there is nothing to confuse.

Decide spans of a second class.</numerusform>
            <numerusform>All %n decided spans are of one class, and so the answers say: there is nothing to confuse.

Decide spans of a second class.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>People themselves named %n gesture(s) both ways: the guideline needs a line between the two.</source>
        <translation>
            <numerusform>People themselves named %n gesture both ways: the guideline needs a line between the two.</numerusform>
            <numerusform>People themselves named %n gestures both ways: the guideline needs a line between the two.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::EffortFigures</name>
    <message numerus="yes">
        <source>%1, %n span(s): median %2 s (%3 to %4), half of them %5 to %6 s</source>
        <translation>
            <numerusform>%1, %n span: median %2 s (%3 to %4), half of them %5 to %6 s</numerusform>
            <numerusform>%1, %n spans: median %2 s (%3 to %4), half of them %5 to %6 s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n span(s): %1 s and %2 presses each (medians), %3 decisions a minute, %4 taken back</source>
        <translation>
            <numerusform>%n span: %1 s and %2 presses each (medians), %3 decisions a minute, %4 taken back</numerusform>
            <numerusform>%n spans: %1 s and %2 presses each (medians), %3 decisions a minute, %4 taken back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not recorded before %1; %n decision(s) have no record.</source>
        <translation>
            <numerusform>Not recorded before %1; %n decision have no record.</numerusform>
            <numerusform>Not recorded before %1; %n decisions have no record.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n decision(s) so far have no record of what they cost.

It is recorded from now on: decide on some spans.</source>
        <translation>
            <numerusform>The %n decision so far have no record of what they cost.

It is recorded from now on: decide on some spans.</numerusform>
            <numerusform>The %n decisions so far have no record of what they cost.

It is recorded from now on: decide on some spans.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::TailFigures</name>
    <message numerus="yes">
        <source>%1 (%2): %3 decided, %4 proposed, seen in %n subject(s); effective number %5</source>
        <translation>
            <numerusform>%1 (%2): %3 decided, %4 proposed, seen in %n subject; effective number %5</numerusform>
            <numerusform>%1 (%2): %3 decided, %4 proposed, seen in %n subjects; effective number %5</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 decided of %n subject(s), %3 proposed</source>
        <translation>
            <numerusform>%1: %2 decided of %n subject, %3 proposed</numerusform>
            <numerusform>%1: %2 decided of %n subjects, %3 proposed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: F1 %2%3 on %n span(s), %4 to learn from</source>
        <translation>
            <numerusform>%1: F1 %2%3 on %n span, %4 to learn from</numerusform>
            <numerusform>%1: F1 %2%3 on %n spans, %4 to learn from</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n span(s). %1. %2</source>
        <translation>
            <numerusform>%n span. %1. %2</numerusform>
            <numerusform>%n spans. %1. %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: weight %2 for %n span(s)</source>
        <translation>
            <numerusform>%1: weight %2 for %n span</numerusform>
            <numerusform>%1: weight %2 for %n spans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModalityTexts</name>
    <message numerus="yes">
        <source>%n more decided audit item(s) are needed to say how far confidences can be trusted.</source>
        <translation>
            <numerusform>%n more decided audit item are needed to say how far confidences can be trusted.</numerusform>
            <numerusform>%n more decided audit items are needed to say how far confidences can be trusted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Decide the %n audit item(s) left (order &quot;Random audit&quot;), then raise the share of audit items in the review list, or analyze more videos.</source>
        <translation>
            <numerusform>Decide the %n audit item left (order &quot;Random audit&quot;), then raise the share of audit items in the review list, or analyze more videos.</numerusform>
            <numerusform>Decide the %n audit items left (order &quot;Random audit&quot;), then raise the share of audit items in the review list, or analyze more videos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) decided out of turn will count when those before them are decided.</source>
        <translation>
            <numerusform>%n item decided out of turn will count when those before them are decided.</numerusform>
            <numerusform>%n items decided out of turn will count when those before them are decided.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n audit item(s), drawn at random among all proposals: what the queue shows first is chosen for looking doubtful and is not counted.</source>
        <translation>
            <numerusform>%n audit item, drawn at random among all proposals: what the queue shows first is chosen for looking doubtful and is not counted.</numerusform>
            <numerusform>%n audit items, drawn at random among all proposals: what the queue shows first is chosen for looking doubtful and is not counted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They come from %n model(s).</source>
        <translation>
            <numerusform>They come from %n model.</numerusform>
            <numerusform>They come from %n models.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What was said of %n decided span(s) when they were proposed</source>
        <translation>
            <numerusform>What was said of %n decided span when they were proposed</numerusform>
            <numerusform>What was said of %n decided spans when they were proposed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What %1 says of %n decided span(s)</source>
        <translation>
            <numerusform>What %1 says of %n decided span</numerusform>
            <numerusform>What %1 says of %n decided spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided span(s) that both systems have named</source>
        <translation>
            <numerusform>%n decided span that both systems have named</numerusform>
            <numerusform>%n decided spans that both systems have named</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ImportPreview</name>
    <message numerus="yes">
        <source>%n part(s) reviewed</source>
        <translation>
            <numerusform>%n part reviewed</numerusform>
            <numerusform>%n parts reviewed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>confirms %n proposal(s)</source>
        <translation>
            <numerusform>confirms %n proposal</numerusform>
            <numerusform>confirms %n proposals</numerusform>
        </translation>
    </message>
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
    <message numerus="yes">
        <source>%n element(s) left out, listed under Problems.</source>
        <translation>
            <numerusform>%n element left out, listed under Problems.</numerusform>
            <numerusform>%n elements left out, listed under Problems.</numerusform>
        </translation>
    </message>
</context>
</TS>
