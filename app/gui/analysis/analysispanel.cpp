// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/gui/analysis/analysispanel.h"
#include "app/gui/analysis/agreementpage.h"
#include "app/gui/analysis/augmentationpage.h"
#include "app/gui/analysis/calibrationpage.h"
#include "app/gui/analysis/confusionpage.h"
#include "app/gui/analysis/effortpage.h"
#include "app/gui/analysis/modalitypage.h"
#include "app/gui/analysis/tailpage.h"
#include "base/files.h"
#include "widgets/plot/plotview.h"
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace telltale {

AnalysisPanel::AnalysisPanel(Workbench& bench, QWidget* parent)
    : QWidget(parent)
    , m_bench(bench)
    , m_choice(new QComboBox)
    , m_numbers(new QPushButton)
    , m_figure(new QPushButton)
    , m_tabs(new QTabWidget)
{
    makeBar();
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->hide();
    layout()->addWidget(m_tabs);
    addPage(new ConfusionPage(bench));
    addPage(new TailPage(bench));
    addPage(new CalibrationPage(bench));
    addPage(new ModalityPage(bench));
    addPage(new EffortPage(bench));
    addPage(new AgreementPage(bench));
    addPage(new AugmentationPage(bench));
    m_delay.setSingleShot(true);
    m_delay.setInterval(0);
    connect(m_choice, &QComboBox::currentIndexChanged, m_tabs, &QTabWidget::setCurrentIndex);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int index) {
        m_choice->setCurrentIndex(index);
        refreshSoon();
    });
    connect(&m_delay, &QTimer::timeout, this, &AnalysisPanel::refreshNow);
    const auto staleAll = [this] {
        m_stale.assign(m_pages.size(), true);
        refreshSoon();
    };
    connect(&bench.session, &Session::projectChanged, this, staleAll);
    connect(&bench.session, &Session::edited, this, staleAll);
}

void AnalysisPanel::makeBar()
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(4, 4, 4, 4);
    auto* bar = new QHBoxLayout;
    auto* label = new QLabel(tr("&View:"));
    label->setBuddy(m_choice);
    m_choice->setAccessibleName(tr("View of the analysis"));
    m_choice->setToolTip(tr("What to look at"));
    m_numbers->setText(tr("&Numbers"));
    m_numbers->setToolTip(tr("Copy or save the figures of this view as a table"));
    auto* numbers = new QMenu(m_numbers);
    numbers->addAction(tr("Copy as text"), this, [this] { copyTables(tableText); });
    numbers->addAction(tr("Copy as LaTeX"), this, [this] { copyTables(tableLatex); });
    numbers->addAction(tr("Copy as CSV"), this, [this] { copyTables(tableCsv); });
    numbers->addSeparator();
    numbers->addAction(tr("Save as CSV files..."), this, &AnalysisPanel::saveTables);
    m_numbers->setMenu(numbers);
    m_figure->setText(tr("Fi&gure"));
    m_figure->setToolTip(tr("Copy a figure of this view, or save it as SVG, PDF or PNG"));
    m_figure->setMenu(new QMenu(m_figure));
    connect(m_figure->menu(), &QMenu::aboutToShow, this, &AnalysisPanel::offerFigures);
    for (QPushButton* button : {m_numbers, m_figure})
        button->setAutoDefault(false);
    bar->addWidget(label);
    bar->addWidget(m_choice, 1);
    bar->addWidget(m_numbers);
    bar->addWidget(m_figure);
    outer->addLayout(bar);
}

void AnalysisPanel::addPage(AnalysisPage* page)
{
    m_pages.push_back(page);
    m_stale.push_back(true);
    // A page may want more height than a small window has.
    auto* scrolled = new QScrollArea;
    scrolled->setWidget(page);
    scrolled->setWidgetResizable(true);
    scrolled->setFrameShape(QFrame::NoFrame);
    scrolled->setFocusPolicy(Qt::NoFocus);
    scrolled->setAccessibleName(page->name());
    m_tabs->addTab(scrolled, page->name());
    m_choice->addItem(page->name());
    connect(page, &AnalysisPage::shown, this, [this, page] {
        if (page != current())
            return;
        m_numbers->setEnabled(!page->tables().empty());
        const auto figures = page->figures();
        m_figure->setEnabled(
            std::ranges::any_of(figures, [](const PlotView* figure) { return !figure->isEmpty(); }));
    });
}

AnalysisPage* AnalysisPanel::current() const { return m_pages[static_cast<size_t>(m_tabs->currentIndex())]; }

void AnalysisPanel::showPage(AnalysisPage* page)
{
    m_tabs->setCurrentIndex(static_cast<int>(std::ranges::find(m_pages, page) - m_pages.begin()));
}

void AnalysisPanel::refreshSoon()
{
    if (isVisible())
        m_delay.start();
}

void AnalysisPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refreshSoon();
}

void AnalysisPanel::refreshNow()
{
    m_delay.stop();
    const auto index = static_cast<size_t>(m_tabs->currentIndex());
    if (m_stale[index]) {
        m_stale[index] = false;
        m_pages[index]->refresh();
    } else {
        emit m_pages[index]->shown();
    }
}

void AnalysisPanel::offerFigures()
{
    QMenu* const menu = m_figure->menu();
    menu->clear();
    qDeleteAll(menu->findChildren<QMenu*>(Qt::FindDirectChildrenOnly));
    for (PlotView* const figure : current()->figures()) {
        if (figure->isEmpty())
            continue;
        QMenu* const offered = figure->makeMenu(menu);
        offered->setTitle(figure->title());
        menu->addMenu(offered);
    }
}

void AnalysisPanel::copyTables(std::string (*format)(const Table&))
{
    QString text;
    for (const Table& table : current()->tables())
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + QString::fromStdString(format(table));
    QApplication::clipboard()->setText(text);
}

void AnalysisPanel::saveTables()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the CSV files"));
    if (folder.isEmpty())
        return;
    for (const Table& table : current()->tables()) {
        const std::filesystem::path file
            = std::filesystem::path(folder.toStdString()) / std::string(table.key).append(".csv");
        if (const Status written = writeFileAtomically(file, tableCsv(table)); !written) {
            QMessageBox::warning(
                this, tr("Save as CSV files"), QString::fromStdString(written.error().message));
            return;
        }
    }
}

} // namespace telltale
