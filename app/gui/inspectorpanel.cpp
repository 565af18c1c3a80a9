// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspectorpanel.h"
#include "app/gui/bardelegate.h"
#include "app/gui/notesview.h"
#include "pipeline/clipsets/clipscores.h"
#include "widgets/models/spanscores.h"
#include "widgets/models/texts.h"
#include <QGridLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLocale>
#include <QStackedLayout>
#include <QTableWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>
#include <tuple>

namespace telltale {
namespace {

constexpr int kShareRole = Qt::UserRole + 1;
constexpr int kClassesShown = 5;

std::vector<int> bestClasses(const Prediction& prediction)
{
    std::vector<int> order(prediction.fused.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&prediction](int a, int b) {
        return prediction.fused[static_cast<size_t>(a)] > prediction.fused[static_cast<size_t>(b)];
    });
    if (order.size() > kClassesShown)
        order.resize(kClassesShown);
    return order;
}

void addRow(QTreeWidget& tree, const QString& name, const QString& value)
{
    auto* item = new QTreeWidgetItem(&tree, {name, value});
    item->setToolTip(1, value);
}

QString plainText(const QJsonValue& value)
{
    if (value.isDouble())
        return QLocale().toString(value.toDouble(), 'g', 4);
    if (value.isBool())
        return value.toBool() ? InspectorPanel::tr("yes") : InspectorPanel::tr("no");
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue part : value.toArray())
            parts.append(plainText(part));
        return parts.join(QStringLiteral(", "));
    }
    return value.toVariant().toString();
}

/// Nested objects as indented rows: the record's form belongs to the models, not to this panel.
void addJson(QTreeWidgetItem& parent, const QJsonObject& object)
{
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        QString name = entry.key();
        name.replace(QLatin1Char('_'), QLatin1Char(' '));
        auto* item = new QTreeWidgetItem(&parent, {name});
        if (entry->isObject())
            addJson(*item, entry->toObject());
        else
            item->setText(1, plainText(*entry));
        item->setToolTip(1, item->text(1));
    }
}

} // namespace

InspectorPanel::InspectorPanel(Workbench& bench, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_pages(new QStackedLayout)
    , m_title(new QLabel)
    , m_definition(new QLabel)
    , m_contradiction(new QLabel)
    , m_scores(new QTableWidget)
    , m_record(new QTreeWidget)
    , m_empty(new QLabel(tr("Select a span to see what each model said of it and how it came to be.")))
    , m_content(new QWidget)
{
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addLayout(m_pages, 1);
    whole->addWidget(new NotesView(bench));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_content);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(24);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setWordWrap(true);
    m_definition->setWordWrap(true);
    layout->addWidget(m_title);
    layout->addWidget(m_definition);
    m_contradiction->setObjectName(QStringLiteral("contradiction"));
    m_contradiction->setWordWrap(true);
    m_contradiction->setFont(bold);
    layout->addWidget(m_contradiction);
    layout->addWidget(makeVerdicts());
    m_scores->setAccessibleName(tr("Probabilities by class and modality"));
    m_scores->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_scores->setSelectionMode(QAbstractItemView::NoSelection);
    m_scores->setFocusPolicy(Qt::NoFocus);
    m_scores->setShowGrid(false);
    m_scores->setWordWrap(false);
    m_scores->verticalHeader()->hide();
    m_scores->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_scores->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scores->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scores->setItemDelegate(new BarDelegate(kShareRole, this));
    layout->addWidget(m_scores);
    m_record->setAccessibleName(tr("Record of the span"));
    m_record->setColumnCount(2);
    m_record->setHeaderHidden(true);
    m_record->setAlternatingRowColors(true);
    m_record->setSelectionMode(QAbstractItemView::NoSelection);
    m_record->setRootIsDecorated(true);
    m_record->setIndentation(12);
    m_record->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_record->setMinimumHeight(fontMetrics().height() * 3);
    layout->addWidget(m_record, 1);
    connect(&bench.review, &Review::selectionChanged, this, &InspectorPanel::refresh);
    connect(&bench.session, &Session::timesChanged, this, &InspectorPanel::refresh);
    refresh();
}

void InspectorPanel::refresh()
{
    const Annotation* span = m_bench.review.selectedSpan();
    const Document* document = m_bench.session.document();
    if (!span || !document) {
        m_pages->setCurrentWidget(m_empty);
        return;
    }
    m_pages->setCurrentWidget(m_content);
    const LabelScheme& scheme = document->scheme();
    m_title->setText(classLongText(scheme, span->classId));
    const bool known = span->classId >= 0 && span->classId < scheme.classCount();
    m_definition->setText(known
            ? QString::fromStdString(scheme.classes[static_cast<size_t>(span->classId)].description)
            : QString());
    m_definition->setVisible(!m_definition->text().isEmpty());
    m_contradiction->setText(m_bench.review.spans().contradiction(span->id));
    m_contradiction->setVisible(!m_contradiction->text().isEmpty());
    const auto prediction = span->predictionId ? document->prediction(span->predictionId) : nullptr;
    showVerdicts(prediction.get());
    m_scores->setVisible(prediction && !prediction->fused.empty());
    if (m_scores->isVisibleTo(m_content))
        showScores(*prediction);
    showRecord(*span, prediction.get());
}

QWidget* InspectorPanel::makeVerdicts()
{
    m_verdicts = new QWidget;
    m_verdicts->setObjectName(QStringLiteral("verdicts"));
    auto* grid = new QGridLayout(m_verdicts);
    grid->setContentsMargins(0, 2, 0, 2);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    const std::tuple<Verdict*, QString, QString> lines[]{
        {&m_detector, tr("Detector"), tr("What found the span: is it a gesture?")},
        {&m_ensemble, tr("Ensemble"), tr("What named it: the vote of all that looked at the clip.")},
        {&m_together, tr("Together"), tr("The product of both scores.")}};
    for (int row = 0; row < 3; ++row) {
        const auto& [verdict, title, tip] = lines[row];
        *verdict = {new QLabel(title), new QLabel, new QLabel};
        verdict->name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        verdict->share->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        int column = 0;
        for (QLabel* label : {verdict->title, verdict->name, verdict->share}) {
            label->setToolTip(tip);
            label->setTextFormat(Qt::PlainText);
            grid->addWidget(label, row, column++);
        }
    }
    QFont bold = font();
    bold.setBold(true);
    m_together.name->setFont(bold);
    m_together.share->setFont(bold);
    m_disagreement = new QLabel;
    m_disagreement->setFont(bold);
    m_disagreement->setObjectName(QStringLiteral("disagreement"));
    m_disagreement->setWordWrap(true);
    m_disagreement->setTextFormat(Qt::PlainText);
    grid->addWidget(m_disagreement, 3, 0, 1, 3);
    return m_verdicts;
}

void InspectorPanel::showVerdict(const Verdict& verdict, int classId, double share, const QString& nameless)
{
    const LabelScheme& scheme = m_bench.session.document()->scheme();
    verdict.name->setText(classId < 0 ? nameless : classText(scheme, classId));
    verdict.share->setText(share < 0 ? QString() : percentText(share));
    const QString spoken
        = QStringLiteral("%1: %2 %3").arg(verdict.title->text(), verdict.name->text(), verdict.share->text());
    verdict.name->setAccessibleName(spoken);
}

void InspectorPanel::showVerdicts(const Prediction* prediction)
{
    m_verdicts->setVisible(prediction);
    if (!prediction)
        return;
    const SpanScores scores = spanScores(*prediction);
    showVerdict(m_detector, scores.detectorClass, scores.detector, tr("a gesture"));
    showVerdict(m_ensemble, scores.ensembleClass, scores.ensemble, tr("has not named it"));
    showVerdict(m_together, scores.ensembleClass, scores.together, QString());
    for (QLabel* label : {m_together.title, m_together.name, m_together.share})
        label->setVisible(scores.together >= 0);
    m_disagreement->setText(
        QStringLiteral("\u26a0 %1").arg(tr("Detector and ensemble name different classes.")));
    m_disagreement->setVisible(scores.disagree());
}

void InspectorPanel::showScores(const Prediction& prediction)
{
    const LabelScheme& scheme = m_bench.session.document()->scheme();
    QStringList titles{tr("Class"), modalityText("fused")};
    for (const auto& [name, scores] : prediction.modalities)
        titles.append(modalityText(name));
    std::vector<int> classes = bestClasses(prediction);
    // What the detector would name it stands there too, however little the others think of it.
    const int detected = spanScores(prediction).detectorClass;
    if (detected >= 0 && std::ranges::find(classes, detected) == classes.end())
        classes.back() = detected;
    m_scores->clear();
    m_scores->setColumnCount(static_cast<int>(titles.size()));
    m_scores->setRowCount(static_cast<int>(classes.size()));
    m_scores->setHorizontalHeaderLabels(titles);
    const auto put = [this](int row, int column, const std::vector<float>& shares, int id) {
        const double share = static_cast<size_t>(id) < shares.size() ? shares[static_cast<size_t>(id)] : -1;
        auto* item = new QTableWidgetItem(share < 0 ? QString() : percentText(share));
        item->setData(kShareRole, share);
        m_scores->setItem(row, column, item);
    };
    for (int row = 0; row < static_cast<int>(classes.size()); ++row) {
        const int id = classes[static_cast<size_t>(row)];
        auto* name = new QTableWidgetItem(classText(scheme, id));
        name->setData(Qt::DecorationRole, classColor(scheme, id));
        name->setToolTip(classLongText(scheme, id));
        m_scores->setItem(row, 0, name);
        put(row, 1, prediction.fused, id);
        int column = 2;
        for (const auto& [modality, scores] : prediction.modalities)
            put(row, column++, scores.probabilities, id);
    }
    QHeaderView* header = m_scores->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(0, QHeaderView::Stretch);
    // As narrow as the titles allow: the names of the classes need the room.
    const int least = fontMetrics().horizontalAdvance(percentText(1)) + 10;
    for (int column = 1; column < titles.size(); ++column)
        m_scores->setColumnWidth(column,
            std::max(least, fontMetrics().horizontalAdvance(titles[column]) + fontMetrics().height() / 2));
    header->setHighlightSections(false);
    int height = header->sizeHint().height() + 4;
    for (int row = 0; row < m_scores->rowCount(); ++row)
        height += m_scores->rowHeight(row);
    m_scores->setFixedHeight(height);
}

void InspectorPanel::showRecord(const Annotation& span, const Prediction* prediction)
{
    m_record->clear();
    const auto times = m_bench.session.times();
    if (times && m_bench.session.videoId() == span.videoId) {
        const MediaTime start = times->timeOf(span.span.first);
        const MediaTime end = times->timeOf(span.span.last);
        addRow(*m_record, tr("Time"), tr("%1 to %2").arg(clockText(start), clockText(end)));
        addRow(*m_record, tr("Length"),
            tr("%1 s").arg(static_cast<double>((end - start).count()) / 1e6, 0, 'f', 2));
    }
    addRow(*m_record, tr("Frames"), tr("%1 to %2").arg(span.span.first).arg(span.span.last));
    addRow(*m_record, tr("State"), stateText(span.state));
    addRow(*m_record, tr("Origin"), originText(span.origin));
    if (!span.annotator.empty())
        addRow(*m_record, tr("Annotator"), QString::fromStdString(span.annotator));
    if (!prediction)
        return;
    addRow(*m_record, tr("Consensus"),
        prediction->pseudoLabel ? tr("reached: pseudo-label") : tr("not reached"));
    for (const PredictionRun& run : m_bench.session.document()->runs(prediction->videoId)) {
        if (run.id != prediction->runId)
            continue;
        addRow(*m_record, tr("Model"), QString::fromStdString(run.model));
        if (const std::string adapted = adaptationOf(*prediction); !adapted.empty())
            addRow(*m_record, tr("Adapted"),
                adapted == "transductive" ? tr("on the scored clips, without their labels (transductive)")
                                          : tr("on other clips of the same people (inductive)"));
        addRow(*m_record, tr("Recipe"), QString::fromStdString(run.recipe));
        addRow(*m_record, tr("Run"), QString::fromStdString(run.time));
    }
    const QJsonObject birth = QJsonDocument::fromJson(QByteArray::fromStdString(prediction->birth)).object();
    if (!birth.isEmpty()) {
        auto* root = new QTreeWidgetItem(m_record, {tr("Birth record")});
        addJson(*root, birth);
        m_record->expandAll();
    }
}

} // namespace telltale
