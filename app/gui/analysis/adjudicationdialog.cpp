// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/adjudicationdialog.h"
#include "app/gui/classpicker.h"
#include "app/report/agreementfigures.h"
#include "widgets/models/classlooks.h"
#include "widgets/models/texts.h"
#include "widgets/plot/spanrowsview.h"
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace telltale {
namespace {

constexpr int64_t kAround = 25; ///< frames that are shown on both sides of an item, at least
constexpr int64_t kPlayAround = 12;

bool isPerson(const AgreementCoder& coder)
{
    return coder.kind == AgreementCoder::Kind::Coder || coder.kind == AgreementCoder::Kind::Shared;
}

/// A stretch around the item, wide enough to see what is beside it.
FrameSpan shownAround(const Disagreement& item, int64_t frames)
{
    const FrameSpan hull = item.hull();
    const int64_t beside = std::max(kAround, hull.length());
    return clampSpan({hull.first - beside, hull.last + beside}, std::max(frames, hull.last));
}

} // namespace

AdjudicationDialog::AdjudicationDialog(Workbench& bench, QWidget* parent)
    : QDialog(parent)
    , m_bench(bench)
    , m_pair(new QComboBox)
    , m_show(new QComboBox)
    , m_openOnly(new QCheckBox(tr("&Open ones only")))
    , m_model(new DisagreementModel(this))
    , m_list(new QTableView)
    , m_rows(new SpanRowsView)
    , m_standing(new QLabel)
    , m_job(bench.session.workers())
{
    setWindowTitle(tr("Settle disagreements"));
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(makeHead());
    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("Disagreements"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setTabKeyNavigation(false);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_list->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_list->horizontalHeader()->setHighlightSections(false);
    rows->addWidget(m_list, 1);
    rows->addWidget(m_rows);
    m_standing->setWordWrap(true);
    m_standing->setTextInteractionFlags(Qt::TextSelectableByMouse);
    rows->addWidget(m_standing);
    rows->addWidget(makeKeys());
    const auto choose = [this] {
        const int row = current();
        m_model->setShow(
            static_cast<DisagreementModel::Show>(m_show->currentIndex()), m_openOnly->isChecked());
        select(std::min(std::max(row, 0), m_model->rowCount() - 1));
        showStanding();
    };
    connect(m_show, &QComboBox::currentIndexChanged, this, choose);
    connect(m_openOnly, &QCheckBox::toggled, this, choose);
    connect(m_pair, &QComboBox::currentIndexChanged, this, &AdjudicationDialog::showPair);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showItem();
        goThere();
    });
    connect(m_rows, &SpanRowsView::frameClicked, &bench.player, &Player::seek);
    connect(&bench.player, &Player::frameChanged, m_rows, &SpanRowsView::setPlayhead);
    connect(&bench.session, &Session::edited, this, &AdjudicationDialog::follow);
    connect(&bench.session, &Session::projectAboutToClose, this, &QDialog::reject);
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 36);
    m_list->setFocus();
    showItem();
    compare();
}

QWidget* AdjudicationDialog::makeHead()
{
    auto* head = new QWidget;
    auto* bar = new QHBoxLayout(head);
    bar->setContentsMargins(0, 0, 0, 0);
    auto* name = new QLabel(tr("Bet&ween:"));
    name->setBuddy(m_pair);
    m_pair->setAccessibleName(tr("Coders whose disagreements are listed"));
    m_pair->setToolTip(tr("Whose disagreements are listed"));
    m_show->addItems(
        {tr("Names and spans that stand alone"), tr("Ends that are far apart, too"), tr("All pairs")});
    m_show->setAccessibleName(tr("Which pairs are listed"));
    m_show->setToolTip(tr("Which pairs of spans are listed"));
    m_openOnly->setToolTip(tr("Leave out what is settled"));
    bar->addWidget(name);
    bar->addWidget(m_pair, 1);
    bar->addWidget(m_show, 1);
    bar->addWidget(m_openOnly);
    return head;
}

QPushButton* AdjudicationDialog::key(
    const QString& text, const QKeySequence& shortcut, const QString& tip, void (AdjudicationDialog::*run)())
{
    const QString keys = shortcut.toString(QKeySequence::NativeText);
    auto* button = new QPushButton(tr("%1  (%2)").arg(text, keys));
    button->setToolTip(tr("%1 (%2)").arg(tip, keys));
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, run);
    // At once: a shortcut of the button itself would press it slowly, for the eye.
    connect(new QShortcut(shortcut, this), &QShortcut::activated, button, &QPushButton::click);
    return button;
}

QWidget* AdjudicationDialog::makeKeys()
{
    auto* keys = new QWidget;
    auto* rows = new QVBoxLayout(keys);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* first = new QHBoxLayout;
    using D = AdjudicationDialog;
    m_deciding = {key(tr("Take A"), Qt::Key_1, tr("What the first coder says holds"), &D::takeA),
        key(tr("Take B"), Qt::Key_2, tr("What the second coder says holds"), &D::takeB)};
    m_modelKey = key(tr("Take the model"), Qt::Key_3, tr("What the model says holds"), &D::takeModel);
    m_deciding.push_back(m_modelKey);
    m_deciding.push_back(
        key(tr("Own class..."), Qt::Key_C, tr("Another class, between the ends of both"), &D::askClass));
    m_deciding.push_back(key(tr("No gesture"), Qt::Key_0, tr("There is no gesture here"), &D::takeNone));
    for (QPushButton* button : m_deciding)
        first->addWidget(button);
    rows->addLayout(first);
    auto* second = new QHBoxLayout;
    second->addWidget(key(tr("Previous"), Qt::Key_P, tr("The disagreement before"), &D::previous));
    second->addWidget(key(tr("Next open"), Qt::Key_N, tr("The next disagreement that is open"), &D::next));
    second->addWidget(key(tr("Play"), Qt::Key_Space, tr("Play the place once"), &D::play));
    second->addWidget(key(tr("Settle what agrees"), Qt::Key_G,
        tr("Takes over everything in this video about which both agree"), &D::takeAgreed));
    second->addWidget(
        key(tr("Undo"), QKeySequence(QKeySequence::Undo), tr("Take back the last edit"), &D::undo));
    rows->addLayout(second);
    return keys;
}

void AdjudicationDialog::compare()
{
    const Document* document = m_bench.session.document();
    if (!document)
        return;
    m_job.start(
        [project = document->freeze()](ProgressSink& sink) -> Result<Shared> {
            auto found = analyzeAgreement(project, {0.3, true, false, 0}, &sink);
            if (!found)
                return found.error();
            return std::make_shared<AgreementAnalysis>(std::move(*found));
        },
        [this](const Result<Shared>& found) { present(found); });
}

void AdjudicationDialog::present(const Result<Shared>& found)
{
    if (!found) {
        m_gap = QString::fromStdString(found.error().message);
        return showStanding();
    }
    const Shared former = std::exchange(m_analysis, *found); // rows of the table may still point to it
    m_pairs.clear();
    QStringList names;
    for (size_t i = 0; i < m_analysis->report.pairs.size(); ++i) {
        const PairAgreement& pair = m_analysis->report.pairs[i];
        const AgreementCoder& a = m_analysis->coders[static_cast<size_t>(pair.a)];
        const AgreementCoder& b = m_analysis->coders[static_cast<size_t>(pair.b)];
        if (!isPerson(a) || !isPerson(b))
            continue;
        m_pairs.push_back(i);
        names.append(tr("%1 \u2013 %2").arg(agreementCoderText(a), agreementCoderText(b)));
    }
    m_gap = !m_pairs.empty()                    ? QString()
        : m_analysis->gap != AgreementGap::None ? agreementGapMessage(m_analysis->gap)
                                                : agreementGapMessage(AgreementGap::OneCoder);
    const QString chosen = m_pair->currentText();
    const QSignalBlocker blocker(m_pair);
    m_pair->clear();
    m_pair->addItems(names);
    m_pair->setCurrentIndex(std::max(0, static_cast<int>(names.indexOf(chosen))));
    showPair();
}

size_t AdjudicationDialog::pairIndex() const
{
    return m_pairs[static_cast<size_t>(std::max(0, m_pair->currentIndex()))];
}

void AdjudicationDialog::showPair()
{
    const int row = current();
    const std::optional<Disagreement> before = row >= 0 ? std::optional(m_model->item(row)) : std::nullopt;
    m_model->setItems(m_bench.session.document(), m_pairs.empty() ? nullptr : m_analysis.get(),
        m_pairs.empty() ? 0 : pairIndex());
    const int same = before ? m_model->rowOf(*before) : -1;
    if (same >= 0)
        select(same);
    else if (m_model->rowCount() > 0)
        select(std::max(0, m_model->nextOpen(0)));
    showItem();
}

int AdjudicationDialog::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() && index.row() < m_model->rowCount() ? index.row() : -1;
}

void AdjudicationDialog::select(int row)
{
    if (row >= 0 && row < m_model->rowCount())
        m_list->setCurrentIndex(m_model->index(row, 0));
}

void AdjudicationDialog::next() { select(m_model->nextOpen(current() + 1)); }
void AdjudicationDialog::previous() { select(current() - 1); }

void AdjudicationDialog::goThere()
{
    const int row = current();
    if (row < 0)
        return;
    const Disagreement& item = m_model->item(row);
    if (m_bench.session.videoId() != item.videoId)
        m_bench.session.openVideo(item.videoId);
    m_bench.player.seek(item.hull().first);
}

void AdjudicationDialog::play()
{
    const int row = current();
    if (row < 0)
        return;
    const FrameSpan hull = m_model->item(row).hull();
    m_bench.player.playOnce(
        clampSpan({hull.first - kPlayAround, hull.last + kPlayAround}, m_bench.player.frameCount()));
}

void AdjudicationDialog::undo()
{
    if (Document* document = m_bench.session.document(); document && document->undoStack()->canUndo())
        document->undoStack()->undo();
}

std::vector<Annotation> AdjudicationDialog::settledOf(const Disagreement& item) const
{
    const Document* document = m_bench.session.document();
    if (!document)
        return {};
    return SettledSpans(document->annotations(item.videoId, std::string(kAdjudicatedLayer)))
        .of(item, m_analysis->request.pairOverlap);
}

void AdjudicationDialog::settle(const std::optional<CodedSpan>& span)
{
    Document* document = m_bench.session.document();
    const int row = current();
    if (!document || row < 0)
        return;
    const Disagreement item = m_model->item(row);
    Annotation decided;
    decided.person = item.person;
    decided.span = span ? span->span : item.a ? item.a->span : item.b->span;
    decided.classId = span && span->label != m_analysis->unnamed ? span->label : -1;
    decided.state = span ? SpanState::Accepted : SpanState::Rejected;
    std::vector<int64_t> instead;
    for (const Annotation& former : settledOf(item))
        instead.push_back(former.id);
    if (const Status status = document->adjudicate(item.videoId, {decided}, instead); !status) {
        emit failed(QString::fromStdString(status.error().message));
        return;
    }
    const int open = m_model->nextOpen(m_openOnly->isChecked() ? row : row + 1);
    if (open >= 0)
        select(open);
    else
        showItem();
}

void AdjudicationDialog::take(Side side)
{
    const int row = current();
    if (row < 0)
        return;
    const Disagreement item = m_model->item(row);
    settle(side == Side::A ? item.a : side == Side::B ? item.b : item.model);
}

void AdjudicationDialog::takeNone() { settle(std::nullopt); }

void AdjudicationDialog::takeClass(int classId)
{
    const int row = current();
    if (row >= 0)
        settle(CodedSpan{meanSpan(m_model->item(row)), classId < 0 ? m_analysis->unnamed : classId, 0});
}

void AdjudicationDialog::askClass()
{
    const int row = current();
    const Document* document = m_bench.session.document();
    if (row < 0 || !document)
        return;
    const Disagreement& item = m_model->item(row);
    const int label = item.a ? item.a->label : item.b->label;
    auto* picker = new ClassPicker(document->scheme(), label == m_analysis->unnamed ? -1 : label, this);
    picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(picker, &ClassPicker::picked, this, &AdjudicationDialog::takeClass);
    picker->open();
}

void AdjudicationDialog::takeAgreed()
{
    Document* document = m_bench.session.document();
    const int row = current();
    const int64_t videoId = row >= 0 ? m_model->item(row).videoId : m_bench.session.videoId();
    if (!document || videoId == 0 || !m_analysis)
        return;
    std::vector<Annotation> agreed;
    for (size_t i = 0; i < m_model->items().size(); ++i) {
        const Disagreement& item = m_model->items()[i];
        if (item.videoId != videoId || item.kind != Disagreement::Kind::Agreed || m_model->settledItem(i))
            continue;
        Annotation one;
        one.person = item.person;
        one.span = meanSpan(item);
        one.classId = item.a->label != m_analysis->unnamed ? item.a->label : -1;
        agreed.push_back(one);
    }
    if (agreed.empty())
        return;
    if (const Status status = document->adjudicate(videoId, agreed); !status)
        emit failed(QString::fromStdString(status.error().message));
}

void AdjudicationDialog::follow(ChangeKinds kinds, qint64 videoId)
{
    if (!kinds.testAnyFlags(ChangeKind::Annotations | ChangeKind::Predictions | ChangeKind::Team
            | ChangeKind::Reviewed | ChangeKind::Scheme))
        return;
    m_model->readSettled(videoId);
    showItem();
    compare();
}

void AdjudicationDialog::showRows(const Disagreement& item)
{
    const Document* document = m_bench.session.document();
    const VideoEntry* video = document ? document->video(item.videoId) : nullptr;
    const FrameSpan shown = shownAround(item, video ? video->frameCount : 0);
    const LabelScheme& scheme = document->scheme();
    const PairAgreement& pair = m_analysis->report.pairs[pairIndex()];
    const auto spanOf = [&](const FrameSpan& frames, int classId, bool strong, bool none) {
        return SpanRowsView::Span{frames, none ? tr("no gesture") : classText(scheme, classId),
            classColor(scheme, classId), strong, none};
    };
    std::vector<SpanRowsView::Row> rows;
    const auto add
        = [&](const QString& title, size_t coder, const std::optional<CodedSpan>& own, const QString& note) {
              SpanRowsView::Row row{title, {}, note};
              if (const auto& coding = m_analysis->set.units[item.unit].codings[coder])
                  for (const CodedSpan& one : coding->spans)
                      if (one.span.overlaps(shown))
                          row.spans.push_back(spanOf(one.span,
                              one.label == m_analysis->unnamed ? -1 : one.label, own && one == *own, false));
              rows.push_back(std::move(row));
          };
    const auto nameOf
        = [this](int coder) { return agreementCoderText(m_analysis->coders[static_cast<size_t>(coder)]); };
    add(tr("A: %1").arg(nameOf(pair.a)), static_cast<size_t>(pair.a), item.a, tr("nothing"));
    add(tr("B: %1").arg(nameOf(pair.b)), static_cast<size_t>(pair.b), item.b, tr("nothing"));
    const auto model
        = std::ranges::find(m_analysis->coders, AgreementCoder::Kind::Model, &AgreementCoder::kind);
    if (model != m_analysis->coders.end())
        add(tr("Model"), static_cast<size_t>(model - m_analysis->coders.begin()), item.model, tr("nothing"));
    else
        rows.push_back({tr("Model"), {}, tr("no predictions")});
    SpanRowsView::Row final{tr("Final"), {}, tr("open")};
    const std::vector<Annotation> own = settledOf(item);
    for (const Annotation& one : document->annotations(item.videoId, std::string(kAdjudicatedLayer)))
        if (one.person == item.person && one.span.overlaps(shown))
            final.spans.push_back(
                spanOf(one.span, one.classId, std::ranges::find(own, one.id, &Annotation::id) != own.end(),
                    one.state == SpanState::Rejected));
    rows.push_back(std::move(final));
    m_rows->setRows(std::move(rows), shown);
    m_rows->setPlayhead(m_bench.player.frame());
}

void AdjudicationDialog::showItem()
{
    const int row = current();
    const bool there = row >= 0 && m_analysis && m_bench.session.document() && !m_pairs.empty();
    for (QPushButton* button : m_deciding)
        button->setEnabled(there);
    if (there) {
        const bool model
            = std::ranges::find(m_analysis->coders, AgreementCoder::Kind::Model, &AgreementCoder::kind)
            != m_analysis->coders.end();
        m_modelKey->setEnabled(model);
        showRows(m_model->item(row));
    } else {
        m_rows->setRows({}, {});
    }
    showStanding();
}

QString AdjudicationDialog::standing() const { return m_standing->text(); }

void AdjudicationDialog::showStanding()
{
    const int all = m_model->rowCount();
    const int open = m_model->openCount();
    if (!m_gap.isEmpty())
        m_standing->setText(m_gap);
    else if (!m_analysis)
        m_standing->setText(tr("Comparing..."));
    else if (all == 0)
        m_standing->setText(m_openOnly->isChecked() && !m_model->items().empty()
                ? tr("Everything here is settled.")
                : tr("These two do not disagree anywhere."));
    else if (open == 0)
        m_standing->setText(tr("Everything here is settled (%1).").arg(locale().toString(all)));
    else
        m_standing->setText(tr("%1 of %2 are open. Where a side has nothing, taking it says that there is no "
                               "gesture. What is settled goes into the layer that reviewers see and export.")
                                .arg(locale().toString(open), locale().toString(all)));
}

} // namespace telltale
