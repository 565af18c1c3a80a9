// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/plot/plotview.h"
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace telltale {
namespace {

constexpr int kPaperDpi = 96;
constexpr int kPictureDpi = 300;
constexpr int kPaperFontPixels = 13; ///< near 10 points

/// Black on white: what a page of a paper is.
QPalette paperPalette()
{
    QPalette palette(QColor(0xf0, 0xf0, 0xf0), Qt::white);
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(role, Qt::black);
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Window, Qt::white);
    palette.setColor(QPalette::Highlight, QColor(0x00, 0x72, 0xb2));
    return palette;
}

Status failed(const QString& file, const QString& why)
{
    return Error{ErrorCode::Io, file.toStdString() + " could not be written: " + why.toStdString() + "."};
}

void drawSvg(const QPicture& picture, QSize size, const QString& title, QIODevice& out)
{
    out.write(svgOf(picture, size, title));
}

void drawPdf(const QPicture& picture, QSize size, const QString& title, QIODevice& out)
{
    QPdfWriter pdf(&out);
    pdf.setResolution(kPaperDpi);
    pdf.setPageSize(
        QPageSize(QSizeF(size) * 72 / kPaperDpi, QPageSize::Point, QString(), QPageSize::ExactMatch));
    pdf.setPageMargins(QMarginsF());
    pdf.setTitle(title);
    QPainter painter(&pdf);
    painter.drawPicture(0, 0, picture);
}

void drawPng(const QPicture& picture, QSize size, const QString&, QIODevice& out)
{
    const double scale = static_cast<double>(kPictureDpi) / kPaperDpi;
    QImage image((QSizeF(size) * scale).toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.scale(scale, scale);
    painter.drawPicture(0, 0, picture);
    painter.end();
    image.setDotsPerMeterX(static_cast<int>(kPictureDpi / 0.0254));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    image.save(&out, "PNG");
}

struct PaperFormat {
    const char* suffix;
    void (*draw)(const QPicture&, QSize, const QString&, QIODevice&);
};
constexpr std::array kFormats{
    PaperFormat{"svg", drawSvg}, PaperFormat{"pdf", drawPdf}, PaperFormat{"png", drawPng}};

} // namespace

QByteArray svgOf(const QPicture& picture, QSize size, const QString& title)
{
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&bytes);
    svg.setResolution(kPaperDpi);
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(), size));
    svg.setTitle(title);
    QPainter painter(&svg);
    painter.drawPicture(0, 0, picture);
    painter.end();
    return bytes.data();
}

PlotView::PlotView(QWidget* parent) : QWidget(parent) { }

void PlotView::setFigure(const QString& key, const QString& title)
{
    m_key = key;
    m_title = title;
    setAccessibleName(title);
}

QPicture PlotView::picture(QSize size)
{
    const QPalette before = palette();
    const bool own = testAttribute(Qt::WA_SetPalette);
    const QFont font = this->font();
    const bool ownFont = testAttribute(Qt::WA_SetFont);
    setUpdatesEnabled(false);
    QFont paper = font;
    paper.setPixelSize(kPaperFontPixels);
    setPalette(paperPalette());
    setFont(paper);
    QPicture picture;
    drawFigure(picture, size);
    picture.setBoundingRect(QRect(QPoint(), size));
    setPalette(own ? before : QPalette());
    setFont(ownFont ? font : QFont());
    setUpdatesEnabled(true);
    return picture;
}

Status PlotView::save(const QString& file, QSize size)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    const auto* format = std::ranges::find_if(
        kFormats, [&](const PaperFormat& one) { return suffix == QLatin1String(one.suffix); });
    if (format == kFormats.end())
        return Error{ErrorCode::InvalidArgument,
            file.toStdString() + ": figures are saved as .svg, .pdf or .png; end the name with one of them."};
    const QSize wanted = size.isEmpty() ? paperSize() : size;
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    format->draw(picture(wanted), wanted, m_title, bytes);
    if (bytes.data().isEmpty())
        return failed(file, QStringLiteral("it could not be drawn"));
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes.data()) != bytes.size() || !out.commit())
        return failed(file, out.errorString());
    return {};
}

QMenu* PlotView::makeMenu(QWidget* parent)
{
    auto* menu = new QMenu(parent);
    menu->addAction(tr("Copy figure"), this, &PlotView::copy)->setEnabled(!isEmpty());
    menu->addAction(tr("Save figure..."), this, &PlotView::askAndSave)->setEnabled(!isEmpty());
    return menu;
}

void PlotView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu* const menu = makeMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos());
}

void PlotView::copy()
{
    const QSize size = paperSize();
    const QPicture drawn = picture(size);
    auto* copied = new QMimeData;
    copied->setData(QStringLiteral("image/svg+xml"), svgOf(drawn, size, m_title));
    QBuffer png;
    png.open(QIODevice::WriteOnly);
    drawPng(drawn, size, m_title, png);
    copied->setImageData(QImage::fromData(png.data(), "PNG"));
    QApplication::clipboard()->setMimeData(copied);
}

void PlotView::askAndSave()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save figure"), m_key + QStringLiteral(".svg"),
        tr("Vector drawing (*.svg);;PDF (*.pdf);;Picture (*.png)"));
    if (file.isEmpty())
        return;
    const Status saved = save(QFileInfo(file).suffix().isEmpty() ? file + QStringLiteral(".svg") : file);
    if (!saved)
        QMessageBox::warning(this, tr("Save figure"), QString::fromStdString(saved.error().message));
}

} // namespace telltale
