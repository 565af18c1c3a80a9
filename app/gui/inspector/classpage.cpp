// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/inspector/classpage.h"
#include "app/gui/inspector/classcard.h"
#include "app/gui/mainwindow.h"
#include "widgets/models/texts.h"
#include <QAbstractScrollArea>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QScrollBar>
#include <QToolButton>
#include <algorithm>

namespace telltale {
namespace {

constexpr int kMargin = 8;
constexpr int kTickMs = 40;
constexpr int kDelayMs = 200; ///< people walk through spans
constexpr int kChoices = 4;
/// Of a picture of a tile: six loops take at most 6 x 16 x 200 x 150 x 4 bytes = 11 MiB.
constexpr QSize kPixels(200, 150);
constexpr int kTileWidth = 150; ///< least, so that two stand side by side in a narrow dock
constexpr std::chrono::milliseconds kShortest{700};

} // namespace

ClassPage::ClassPage(Workbench& bench, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_finder(bench.session, bench.review.spans())
    , m_loops(bench.session)
    , m_card(new QLabel)
    , m_heading(new QLabel(tr("Nearest confirmed examples of other people")))
    , m_explanation(new QLabel)
    , m_grid(new QGridLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(6);
    layout->addWidget(makeChoices());
    m_card->setObjectName(QStringLiteral("classCard"));
    m_card->setWordWrap(true);
    m_card->setTextFormat(Qt::RichText);
    m_card->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_card);
    m_heading->setWordWrap(true);
    QFont bold = m_heading->font();
    bold.setBold(true);
    m_heading->setFont(bold);
    layout->addWidget(m_heading);
    m_explanation->setObjectName(QStringLiteral("explanation"));
    m_explanation->setWordWrap(true);
    m_grid->setSpacing(4);
    layout->addLayout(m_grid);
    layout->addWidget(m_explanation);
    for (size_t i = 0; i <= ExampleFinder::kExamples; ++i) {
        auto* tile = new LoopTile(this);
        tile->setPictureSize(kPixels);
        tile->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        tile->hide();
        m_tiles.push_back(tile);
        connect(tile, &QAbstractButton::clicked, this, [tile] { tile->setFocus(Qt::MouseFocusReason); });
    }
    layout->addStretch(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    m_clock.setInterval(kTickMs);
    connect(&m_delay, &QTimer::timeout, this, &ClassPage::find);
    connect(&m_clock, &QTimer::timeout, this, &ClassPage::tick);
    connect(&m_finder, &ExampleFinder::found, this, [this] {
        load();
        showExamples();
    });
    connect(&m_loops, &LoopFeed::made, this, &ClassPage::showExamples);
    connect(&bench.session, &Session::projectAboutToClose, this, [this] {
        m_delay.stop();
        m_span = m_foundSpan = 0;
        m_foundClass = -2;
    });
    connect(&bench.session, &Session::edited, this, [this](ChangeKinds kinds) {
        if (!(kinds & (ChangeKind::Annotations | ChangeKind::Scheme | ChangeKind::Predictions)))
            return;
        m_foundSpan = 0; // another span may be confirmed now
        findSoon();
    });
}

QWidget* ClassPage::makeChoices()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (int choice = 0; choice < kChoices; ++choice) {
        auto* button = new QToolButton;
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setText(choice == 0 ? tr("This span") : QString::number(choice));
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button);
        m_choices.push_back(button);
        connect(button, &QToolButton::clicked, this, [this, choice] {
            m_choice = choice;
            showCard();
            findSoon();
        });
    }
    return box;
}

std::vector<int> ClassPage::classes() const
{
    const Annotation* span = m_bench.review.selectedSpan();
    std::vector<int> ids{span ? span->classId : -1};
    for (const Candidate& candidate : m_bench.review.candidates())
        ids.push_back(candidate.classId);
    ids.resize(std::min<size_t>(ids.size(), kChoices));
    return ids;
}

int ClassPage::classId() const
{
    const std::vector<int> ids = classes();
    const auto choice = static_cast<size_t>(m_choice);
    return choice < ids.size() ? ids[choice] : -1;
}

QString ClassPage::card() const { return m_card->text(); }

QString ClassPage::explanation() const { return m_explanation->text(); }

void ClassPage::refresh()
{
    if (m_bench.review.selected() != m_span) {
        m_span = m_bench.review.selected();
        m_choice = 0;
    }
    showCard();
    findSoon();
}

void ClassPage::chooseNext()
{
    m_choice = (m_choice + 1) % std::max(1, static_cast<int>(classes().size()));
    showCard();
    findSoon();
}

void ClassPage::showCard()
{
    const Document* document = m_bench.session.document();
    const std::vector<int> ids = classes();
    if (static_cast<size_t>(m_choice) >= ids.size())
        m_choice = 0;
    for (size_t choice = 0; choice < m_choices.size(); ++choice) {
        QToolButton& button = *m_choices[choice];
        const bool offered = document && choice < ids.size() && ids[choice] >= 0;
        button.setEnabled(offered);
        button.setChecked(static_cast<int>(choice) == m_choice);
        QFont letters = font();
        letters.setBold(button.isChecked());
        button.setFont(letters);
        const QString name = offered ? classLongText(document->scheme(), ids[choice]) : tr("no class");
        button.setToolTip(choice == 0 ? tr("The span's own class: %1").arg(name)
                                      : tr("Candidate %1: %2").arg(choice).arg(name));
        button.setAccessibleName(button.toolTip());
    }
    const QString text = document ? classCard(document->scheme(), classId()) : QString();
    m_card->setText(text.isEmpty() ? tr("The span has no class yet.") : text);
}

void ClassPage::findSoon()
{
    if (isVisible())
        m_delay.start();
}

void ClassPage::find()
{
    const Annotation* span = m_bench.review.selectedSpan();
    if (!span || (m_foundSpan == span->id && m_foundClass == classId())) {
        load();
        showExamples();
        return;
    }
    m_foundSpan = span->id;
    m_foundClass = classId();
    m_finder.find(span->id, classId());
}

void ClassPage::load()
{
    if (!isVisible())
        return;
    std::vector<int64_t> ids{m_foundSpan};
    for (const NearExample& example : m_finder.examples())
        ids.push_back(example.id);
    m_withPicture = m_bench.window.videoView().overlays().picture;
    m_loops.load(m_finder.examples().empty() ? std::vector<int64_t>() : ids, kPixels, m_withPicture);
}

void ClassPage::showExamples()
{
    const std::vector<NearExample>& examples = m_finder.examples();
    m_explanation->setText(m_finder.explanation());
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        const bool shown = !examples.empty() && i <= examples.size();
        m_tiles[i]->setVisible(shown);
        if (shown && i == 0)
            showTile(*m_tiles[i], m_foundSpan, nullptr);
        else if (shown)
            showTile(*m_tiles[i], examples[i - 1].id, &examples[i - 1]);
        else
            m_tiles[i]->setLoop(nullptr);
    }
    arrange();
}

void ClassPage::showTile(LoopTile& tile, int64_t id, const NearExample* example)
{
    const Document* document = m_bench.session.document();
    const Annotation* span = document ? document->annotation(id) : nullptr;
    const VideoEntry* video = span ? document->video(span->videoId) : nullptr;
    if (!video) {
        tile.setCaption({}, {});
        tile.setLoop(nullptr);
        return;
    }
    const QString name = QString::fromStdString(video->name);
    if (!example)
        tile.setCaption(tr("This span"), name);
    else if (example->measure == ExampleMeasure::Embedding)
        tile.setCaption(QString::fromStdString(video->subject),
            tr("cosine %1, %2").arg(example->similarity, 0, 'f', 2).arg(name));
    else
        tile.setCaption(QString::fromStdString(video->subject),
            tr("%1 alike, %2").arg(percentText(example->similarity), name));
    const QString trouble = m_loops.trouble(id);
    tile.setLoop(m_loops.loop(id), trouble.isEmpty() ? tr("Loading...") : trouble);
}

/// As if the scroll bar was there: tiles whose size changed with it would make it come and go for ever.
int ClassPage::room() const
{
    const QWidget* viewport = parentWidget();
    const auto* area
        = viewport ? qobject_cast<const QAbstractScrollArea*>(viewport->parentWidget()) : nullptr;
    return (area ? area->width() - area->verticalScrollBar()->sizeHint().width() : width()) - 2 * kMargin;
}

void ClassPage::arrange()
{
    const int columns = std::clamp(room() / kTileWidth, 1, static_cast<int>(m_tiles.size()));
    const int across = (room() - (columns - 1) * m_grid->spacing()) / columns;
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        LoopTile& tile = *m_tiles[i];
        tile.setFixedHeight(
            std::max(90, across * kPixels.height() / kPixels.width()) + 2 * fontMetrics().height() + 4);
        m_grid->addWidget(&tile, static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    }
    for (int column = 0; column < static_cast<int>(m_tiles.size()); ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void ClassPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_since.start();
    m_clock.start();
    refresh();
}

void ClassPage::hideEvent(QHideEvent* event)
{
    m_clock.stop();
    m_delay.stop();
    m_loops.clear(); // what nobody sees takes no memory
    for (LoopTile* tile : m_tiles)
        tile->setLoop(nullptr);
    QWidget::hideEvent(event);
}

void ClassPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        arrange();
}

/// Where the selected span is: as it plays in the window, or round and round by the clock.
double ClassPage::phase() const
{
    const Annotation* span = m_bench.review.selectedSpan();
    if (!span)
        return 0;
    const auto length = static_cast<double>(span->span.last - span->span.first);
    const Player& player = m_bench.player;
    if (player.playing() && span->videoId == m_bench.session.videoId() && span->span.contains(player.frame()))
        return static_cast<double>(player.frame() - span->span.first) / length;
    const auto& own = m_tiles.front()->loop();
    const auto round = std::max(own ? own->length : kShortest, kShortest).count();
    return static_cast<double>(m_since.elapsed() % round) / static_cast<double>(round);
}

void ClassPage::tick()
{
    if (m_bench.window.videoView().overlays().picture != m_withPicture && !m_finder.examples().empty()) {
        load();
        showExamples();
    }
    const double now = phase();
    for (LoopTile* tile : m_tiles)
        if (tile->isVisible())
            tile->setPhase(now);
}

} // namespace telltale
