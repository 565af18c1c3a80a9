// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/sprint/sprintdialog.h"
#include "app/gui/mainwindow.h"
#include "app/gui/sprint/sprintclasses.h"
#include "widgets/models/texts.h"
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kTickMs = 40;
constexpr int kSwatch = 12; ///< pixels of a class's square
/// Of a picture of a tile: nine loops and the next nine take at most 18 x 16 x 224 x 168 x 4 bytes = 41 MiB.
constexpr QSize kPixels(224, 168);
constexpr std::chrono::milliseconds kShortest{500}; ///< a loop that goes round faster than that is a flicker

LoopTile::Mark shownMark(SprintMark mark)
{
    if (mark == SprintMark::Leave)
        return LoopTile::Mark::None;
    return mark == SprintMark::Accept ? LoopTile::Mark::Accept : LoopTile::Mark::Reject;
}

} // namespace

int digitOf(const QKeyEvent& event)
{
    // The key of 1 has the number 10 under X11 and Wayland, whatever the layout has on it.
    const QString platform = QGuiApplication::platformName();
    const bool numbered = platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland"));
    const auto place = static_cast<int>(event.nativeScanCode());
    const bool pad = event.modifiers().testFlag(Qt::KeypadModifier);
    if (numbered && !pad && place >= 10 && place <= 18)
        return place - 9;
    if (event.key() >= Qt::Key_1 && event.key() <= Qt::Key_9)
        return event.key() - Qt::Key_0;
    static constexpr int kShifted[] = {Qt::Key_Exclam, Qt::Key_At, Qt::Key_NumberSign, Qt::Key_Dollar,
        Qt::Key_Percent, Qt::Key_AsciiCircum, Qt::Key_Ampersand, Qt::Key_Asterisk, Qt::Key_ParenLeft};
    const auto* sign = std::ranges::find(kShifted, event.key());
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    return shift && sign != std::end(kShifted) ? static_cast<int>(sign - std::begin(kShifted)) + 1 : 0;
}

SprintDialog::SprintDialog(Workbench& bench, QWidget* parent)
    : QDialog(parent)
    , m_bench(bench)
    , m_loops(bench.session)
{
    setWindowTitle(tr("Tail sprint"));
    setWindowModality(Qt::WindowModal);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addWidget(makeGrid(), 1);
    layout->addWidget(makeFoot());
    m_clock.setInterval(kTickMs);
    connect(&m_clock, &QTimer::timeout, this, &SprintDialog::tick);
    connect(&m_loops, &LoopFeed::made, this, [this](qint64 id) {
        const std::vector<int64_t> page = m_pages.page();
        const auto place = std::ranges::find(page, id);
        if (place != page.end())
            showTile(static_cast<size_t>(place - page.begin()));
    });
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) { follow(kinds); });
    connect(&bench.session, &Session::projectAboutToClose, this, &QDialog::reject);
    resize(1040, 740);
    fillClasses();
    start();
}

QWidget* SprintDialog::makeHead()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_class = new QComboBox;
    m_class->setAccessibleName(tr("Class"));
    m_class->setToolTip(tr("Classes with proposals that wait, the rarest first"));
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_class->setMinimumContentsLength(34);
    auto* label = new QLabel(tr("&Class:"));
    label->setBuddy(m_class);
    m_skeletons = new QCheckBox(tr("S&keletons alone"));
    m_skeletons->setToolTip(tr("Without the person's picture"));
    m_skeletons->setChecked(!m_bench.window.videoView().overlays().picture);
    m_page = new QLabel;
    row->addWidget(label);
    row->addWidget(m_class);
    row->addWidget(m_skeletons);
    row->addStretch(1);
    row->addWidget(m_page);
    connect(m_class, &QComboBox::activated, this, [this] {
        start();
        m_tiles.front()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_skeletons, &QCheckBox::toggled, this, &SprintDialog::load);
    return box;
}

QWidget* SprintDialog::makeGrid()
{
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    for (int place = 0; place < kTiles; ++place) {
        auto* tile = new LoopTile;
        tile->setBadge(QString::number(place + 1));
        tile->setPictureSize(kPixels);
        tile->installEventFilter(this);
        m_tiles.push_back(tile);
        grid->addWidget(tile, place / kSide, place % kSide);
        const auto at = static_cast<size_t>(place);
        connect(tile, &QAbstractButton::clicked, this, [this, at] { mark(at, SprintMark::Accept); });
        connect(tile, &LoopTile::rejected, this, [this, at] { mark(at, SprintMark::Reject); });
    }
    for (int line = 0; line < kSide; ++line) {
        grid->setRowStretch(line, 1);
        grid->setColumnStretch(line, 1);
    }
    return box;
}

QWidget* SprintDialog::makeFoot()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* keys
        = new QLabel(tr("1-9 or a click: right. Shift+1-9 or the right button: wrong; A and X mark the "
                        "tile with the focus, arrows move it. Enter decides the page and brings the "
                        "next, what is unmarked stays open. Ctrl+Z takes the page back, Esc leaves."));
    keys->setWordWrap(true);
    m_standing = new QLabel;
    m_standing->setWordWrap(true);
    QFont bold = m_standing->font();
    bold.setBold(true);
    m_standing->setFont(bold);
    m_commit = new QPushButton(tr("&Decide this page"));
    m_commit->setToolTip(tr("Accepts and rejects what is marked, in one step of undo (Enter)"));
    m_commit->setDefault(true);
    m_back = new QPushButton(tr("&Take the page back"));
    m_back->setToolTip(tr("Undoes the last page and shows it again (Ctrl+Z)"));
    m_back->setAutoDefault(false);
    auto* close = new QPushButton(tr("Close"));
    close->setToolTip(tr("Leaves the sprint; what is marked on this page is not decided (Esc)"));
    close->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->addWidget(m_standing, 1);
    row->addWidget(m_back);
    row->addWidget(m_commit);
    row->addWidget(close);
    layout->addWidget(keys);
    layout->addLayout(row);
    connect(m_commit, &QPushButton::clicked, this, &SprintDialog::commit);
    connect(m_back, &QPushButton::clicked, this, &SprintDialog::takeBack);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return box;
}

void SprintDialog::fillClasses()
{
    const QSignalBlocker blocker(m_class);
    const Document* document = m_bench.session.document();
    for (const SprintClass& one :
        document ? sprintClasses(m_bench.review.spans()) : std::vector<SprintClass>()) {
        m_class->addItem(classSwatch(document->scheme(), one.classId, kSwatch), textOf(one), one.classId);
    }
    m_class->setEnabled(m_class->count() > 0);
}

QString SprintDialog::textOf(const SprintClass& one) const
{
    return tr("%1: %2 wait, %3 confirmed")
        .arg(classText(m_bench.session.document()->scheme(), one.classId))
        .arg(one.waiting)
        .arg(one.examples);
}

/// The places stay, so that nobody's next key press meets another class.
void SprintDialog::recount()
{
    std::vector<SprintClass> counts = sprintClasses(m_bench.review.spans(), true);
    for (const SprintClass& one : counts)
        if (const int index = m_class->findData(one.classId); index >= 0)
            m_class->setItemText(index, textOf(one));
}

int SprintDialog::classId() const { return m_class->count() > 0 ? m_class->currentData().toInt() : -1; }

void SprintDialog::chooseClass(int classId)
{
    const int index = m_class->findData(classId);
    if (index < 0)
        return;
    m_class->setCurrentIndex(index);
    start();
}

void SprintDialog::start()
{
    m_pages = SprintPages(
        classId() >= 0 ? sprintOrder(m_bench.review.spans(), classId()) : std::vector<int64_t>(), kTiles);
    m_undoIndex = -1;
    m_decided = 0;
    showPage();
}

bool SprintDialog::isOpen(int64_t id) const
{
    const Document* document = m_bench.session.document();
    const Annotation* span = document ? document->annotation(id) : nullptr;
    return span && span->state == SpanState::Proposed && span->classId == classId();
}

void SprintDialog::showPage()
{
    load();
    showStanding();
}

void SprintDialog::showTile(size_t place)
{
    LoopTile& tile = *m_tiles[place];
    const std::vector<int64_t> page = m_pages.page();
    const Document* document = m_bench.session.document();
    const Annotation* span = document && place < page.size() ? document->annotation(page[place]) : nullptr;
    const bool open = span && isOpen(span->id);
    tile.setEnabled(open);
    tile.setMark(open ? shownMark(m_pages.mark(place)) : LoopTile::Mark::None);
    if (!span) {
        tile.setCaption({}, {});
        tile.setLoop(nullptr, place < page.size() ? tr("This proposal is gone.") : QString());
        return;
    }
    const VideoEntry* video = document->video(span->videoId);
    const SpanDigest* digest = m_bench.review.spans().digest(*span);
    double sure = -1;
    for (const Candidate& candidate : digest ? digest->best : std::vector<Candidate>())
        if (candidate.classId == span->classId)
            sure = candidate.probability;
    const double fps = video && video->fps > 0 ? video->fps : 25;
    const MediaTime start(static_cast<int64_t>(1e6 * static_cast<double>(span->span.first) / fps));
    tile.setCaption(!open ? tr("decided meanwhile")
            : sure >= 0   ? percentText(sure)
                          : QString(),
        video ? tr("%1, %2").arg(QString::fromStdString(video->name), clockText(start)) : QString());
    const QString trouble = m_loops.trouble(span->id);
    tile.setLoop(m_loops.loop(span->id), trouble.isEmpty() ? tr("Loading...") : trouble);
}

std::vector<int64_t> SprintDialog::asTheyLie(std::vector<int64_t> ids) const
{
    const Document* document = m_bench.session.document();
    std::ranges::stable_sort(ids, {}, [document](int64_t id) {
        const Annotation* span = document ? document->annotation(id) : nullptr;
        return span ? std::pair(span->videoId, span->span.first) : std::pair(int64_t{0}, int64_t{0});
    });
    return ids;
}

void SprintDialog::load()
{
    std::vector<int64_t> ids = asTheyLie(m_pages.page());
    const std::vector<int64_t> next = asTheyLie(m_pages.nextPage());
    ids.insert(ids.end(), next.begin(), next.end());
    m_loops.load(ids, kPixels, !m_skeletons->isChecked());
    for (size_t place = 0; place < m_tiles.size(); ++place)
        showTile(place);
}

QString SprintDialog::standing() const { return m_standing->text(); }

void SprintDialog::showStanding()
{
    const size_t here = m_pages.page().size();
    const auto accepted = static_cast<int>(m_pages.marked(SprintMark::Accept).size());
    const auto rejected = static_cast<int>(m_pages.marked(SprintMark::Reject).size());
    const auto after = static_cast<int>(m_pages.after());
    if (m_class->count() == 0)
        m_standing->setText(tr("No proposal waits for a decision."));
    else if (here == 0)
        m_standing->setText(tr("All proposals of this class were gone through, %n decided. Choose another "
                               "class, or close.",
            nullptr, static_cast<int>(m_decided)));
    else
        m_standing->setText(tr("Accept %1, reject %2, leave %3 open; %n more to come.", nullptr, after)
                                .arg(accepted)
                                .arg(rejected)
                                .arg(static_cast<int>(here) - accepted - rejected));
    const size_t all = m_pages.passed() + here + m_pages.after();
    m_page->setText(here > 0
            ? tr("%1 to %2 of %3").arg(m_pages.passed() + 1).arg(m_pages.passed() + here).arg(all)
            : QString());
    m_commit->setEnabled(here > 0);
    const Document* document = m_bench.session.document();
    m_back->setEnabled(document && m_undoIndex >= 0 && document->undoStack()->index() == m_undoIndex);
}

void SprintDialog::mark(size_t place, SprintMark mark)
{
    const std::vector<int64_t> page = m_pages.page();
    if (place >= page.size() || !isOpen(page[place]))
        return;
    m_pages.toggle(place, mark);
    showTile(place);
    showStanding();
}

void SprintDialog::commit()
{
    Document* document = m_bench.session.document();
    if (!document || m_pages.page().empty())
        return;
    const auto accepted = m_pages.marked(SprintMark::Accept);
    const auto rejected = m_pages.marked(SprintMark::Reject);
    const auto decided = document->decideProposals(accepted, rejected);
    if (!decided) {
        m_standing->setText(QString::fromStdString(decided.error().message));
        return;
    }
    m_lastDecided = *decided;
    m_decided += m_lastDecided;
    m_undoIndex = *decided > 0 ? document->undoStack()->index() : -1;
    m_pages.advance();
    showPage();
    m_tiles.front()->setFocus(Qt::OtherFocusReason);
}

void SprintDialog::takeBack()
{
    const Document* document = m_bench.session.document();
    if (!document || m_undoIndex < 0 || document->undoStack()->index() != m_undoIndex)
        return;
    m_undoIndex = -1;
    document->undoStack()->undo();
    m_pages.goBack();
    m_decided -= m_lastDecided; // not what was marked: others may have been quicker
    showPage();
}

void SprintDialog::follow(ChangeKinds kinds)
{
    if (!m_bench.session.document() || !(kinds & (ChangeKind::Annotations | ChangeKind::Predictions)))
        return;
    recount();
    for (size_t place = 0; place < m_tiles.size(); ++place)
        showTile(place);
    showStanding();
}

int SprintDialog::focusedTile() const
{
    const auto found = std::ranges::find_if(m_tiles, [](const LoopTile* tile) { return tile->hasFocus(); });
    return found == m_tiles.end() ? -1 : static_cast<int>(found - m_tiles.begin());
}

void SprintDialog::moveFocus(int across, int down)
{
    const int at = focusedTile();
    if (at < 0) {
        m_tiles.front()->setFocus(Qt::OtherFocusReason);
        return;
    }
    const int column = std::clamp(at % kSide + across, 0, kSide - 1);
    const int line = std::clamp(at / kSide + down, 0, kSide - 1);
    m_tiles[static_cast<size_t>(line * kSide + column)]->setFocus(Qt::OtherFocusReason);
}

bool SprintDialog::handleKey(const QKeyEvent& event)
{
    struct Arrow {
        int key;
        int across;
        int down;
    };
    static constexpr Arrow kArrows[]
        = {{Qt::Key_Left, -1, 0}, {Qt::Key_Right, 1, 0}, {Qt::Key_Up, 0, -1}, {Qt::Key_Down, 0, 1}};
    const auto other = event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (event.matches(QKeySequence::Undo)) {
        takeBack();
        return true;
    }
    if (other)
        return false;
    if (const int digit = digitOf(event); digit > 0) {
        const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
        mark(static_cast<size_t>(digit - 1), shift ? SprintMark::Reject : SprintMark::Accept);
        return true;
    }
    for (const Arrow& arrow : kArrows)
        if (event.key() == arrow.key) {
            moveFocus(arrow.across, arrow.down);
            return true;
        }
    const int at = focusedTile();
    if (at >= 0 && (event.key() == Qt::Key_A || event.key() == Qt::Key_X)) {
        mark(static_cast<size_t>(at), event.key() == Qt::Key_A ? SprintMark::Accept : SprintMark::Reject);
        return true;
    }
    return false;
}

void SprintDialog::keyPressEvent(QKeyEvent* event)
{
    if (handleKey(*event))
        event->accept();
    else
        QDialog::keyPressEvent(event);
}

bool SprintDialog::eventFilter(QObject* watched, QEvent* event)
{
    // A button takes arrows and digits for itself.
    if (event->type() == QEvent::KeyPress && handleKey(*static_cast<QKeyEvent*>(event)))
        return true;
    return QDialog::eventFilter(watched, event);
}

void SprintDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    m_since.start();
    m_clock.start();
    m_tiles.front()->setFocus(Qt::OtherFocusReason);
}

void SprintDialog::hideEvent(QHideEvent* event)
{
    m_clock.stop();
    QDialog::hideEvent(event);
}

void SprintDialog::tick()
{
    for (LoopTile* tile : m_tiles) {
        const auto& loop = tile->loop();
        if (!loop)
            continue;
        const auto length = std::max(loop->length, kShortest).count();
        tile->setPhase(static_cast<double>(m_since.elapsed() % length) / static_cast<double>(length));
    }
}

QDialog* openSprint(Workbench& bench)
{
    if (!bench.session.document())
        return nullptr;
    auto* dialog = new SprintDialog(bench, &bench.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
    return dialog;
}

} // namespace telltale
