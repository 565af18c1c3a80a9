// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/writereport.h"
#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextObjectInterface>
#include <QTextTable>

namespace telltale {
namespace {

constexpr int kDpi = 96;
constexpr double kMarginMillimetres = 18;
constexpr int kFigureObject = QTextFormat::UserObject + 1;
constexpr int kFigureIndex = QTextFormat::UserProperty + 1;
constexpr double kFigureShare = 0.9; ///< of the height of a page
constexpr double kFooterPixels = 28; ///< below the text, with the number of the page
constexpr double kBodyPoints = 9.5;
constexpr double kTablePoints = 7.5;
constexpr int kMostColumns = 12; ///< that a page has room for; the csv has them all

/// Draws the figures in the flow of the text, as the lines and letters that they are.
class FigureObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)
public:
    FigureObject(const std::vector<const ReportFigure*>& figures, QSizeF room)
        : m_figures(figures)
        , m_room(room)
    {
    }
    void setPage(const QRectF& page) { m_page = page; }
    QSizeF intrinsicSize(QTextDocument*, int, const QTextFormat& format) override
    {
        const QSizeF size = of(format).size;
        return size * scale(size);
    }
    void drawObject(
        QPainter* painter, const QRectF& place, QTextDocument*, int, const QTextFormat& format) override
    {
        // Clipping would not hold it back: a drawing sets clips of its own.
        if (!m_page.contains(place.center()))
            return;
        const ReportFigure& figure = of(format);
        painter->save();
        painter->translate(place.topLeft());
        painter->scale(scale(figure.size), scale(figure.size));
        painter->drawPicture(0, 0, figure.picture);
        painter->restore();
    }

private:
    const ReportFigure& of(const QTextFormat& format) const
    {
        return *m_figures[static_cast<size_t>(format.property(kFigureIndex).toInt())];
    }
    double scale(QSizeF size) const
    {
        return std::min({1.0, m_room.width() / size.width(), m_room.height() / size.height()});
    }

    const std::vector<const ReportFigure*>& m_figures;
    QSizeF m_room; ///< most that a figure may take
    QRectF m_page; ///< that is drawn, in the document
};

/// Puts the parts of a report one below the other.
class PdfText {
public:
    PdfText(QTextDocument& document, std::vector<const ReportFigure*>& figures)
        : m_cursor(&document)
        , m_figures(figures)
    {
    }

    void write(const Report& report)
    {
        m_cursor.beginEditBlock(); // else everything is laid out anew for every cell
        line(report.title, kBodyPoints * 2, true);
        line(report.subtitle, kBodyPoints, false, Qt::darkGray);
        for (const ReportSection& section : report.sections)
            write(section);
        m_cursor.endEditBlock();
    }

private:
    void write(const ReportSection& section)
    {
        line(section.title, kBodyPoints * 1.5, true, Qt::black, kBodyPoints * 2);
        for (const QString& paragraph : section.paragraphs)
            line(paragraph, kBodyPoints);
        if (!section.missing.isEmpty())
            line(section.missing, kBodyPoints, false, Qt::darkGray);
        for (const ReportFigure& figure : section.figures)
            write(figure);
        for (const Table& table : section.tables)
            write(table);
    }

    void write(const ReportFigure& figure)
    {
        block(kBodyPoints);
        QTextCharFormat format;
        format.setObjectType(kFigureObject);
        format.setProperty(kFigureIndex, static_cast<int>(m_figures.size()));
        m_figures.push_back(&figure);
        m_cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
        line(figure.caption.isEmpty() ? figure.title : figure.title + QStringLiteral(". ") + figure.caption,
            kBodyPoints * 0.9, false, Qt::darkGray);
    }

    void write(const Table& table)
    {
        line(QString::fromStdString(table.title), kBodyPoints, true, Qt::black, kBodyPoints);
        const auto columns = std::min(static_cast<int>(table.columns.size()), kMostColumns);
        if (columns == 0)
            return;
        QTextTableFormat format;
        format.setHeaderRowCount(1);
        format.setCellPadding(2);
        format.setCellSpacing(0);
        format.setBorder(0.5);
        format.setBorderBrush(Qt::lightGray);
        format.setBorderCollapse(true);
        QTextTable* const grid
            = m_cursor.insertTable(static_cast<int>(table.rows.size()) + 1, columns, format);
        for (int column = 0; column < columns; ++column) {
            const auto at = static_cast<size_t>(column);
            const Qt::Alignment side = isNumeric(table, at) ? Qt::AlignRight : Qt::AlignLeft;
            fill(*grid, 0, column, table.columns[at].title, side, true);
            for (size_t row = 0; row < table.rows.size(); ++row)
                if (at < table.rows[row].size())
                    fill(*grid, static_cast<int>(row) + 1, column,
                        cellText(table.rows[row][at], table.columns[at]), side, false);
        }
        m_cursor.movePosition(QTextCursor::End);
        if (columns < static_cast<int>(table.columns.size()))
            line(QStringLiteral("Further columns are in %1.csv.").arg(QString::fromStdString(table.key)),
                kTablePoints, false, Qt::darkGray);
        if (!table.note.empty())
            line(QString::fromStdString(table.note), kTablePoints, false, Qt::darkGray);
    }

    static void fill(
        QTextTable& grid, int row, int column, const std::string& text, Qt::Alignment side, bool bold)
    {
        QTextCursor cursor = grid.cellAt(row, column).firstCursorPosition();
        QTextBlockFormat block;
        block.setAlignment(side);
        cursor.setBlockFormat(block);
        cursor.insertText(QString::fromStdString(text), characters(kTablePoints, bold, Qt::black));
    }

    static QTextCharFormat characters(double points, bool bold, const QColor& color)
    {
        QTextCharFormat format;
        format.setFontPointSize(points);
        format.setFontWeight(bold ? QFont::Bold : QFont::Normal);
        format.setForeground(color);
        return format;
    }

    void block(double above)
    {
        QTextBlockFormat format;
        format.setTopMargin(above * 0.4);
        format.setBottomMargin(above * 0.2);
        if (m_first)
            m_cursor.setBlockFormat(format);
        else
            m_cursor.insertBlock(format, {});
        m_first = false;
    }

    void line(const QString& text, double points, bool bold = false, const QColor& color = Qt::black,
        double above = kBodyPoints)
    {
        block(above);
        m_cursor.insertText(text, characters(points, bold, color));
    }

    QTextCursor m_cursor;
    std::vector<const ReportFigure*>& m_figures;
    bool m_first = true;
};

void drawFooter(QPainter& painter, const QString& title, int page, int pages, const QRectF& place)
{
    QFont font = painter.font();
    font.setPointSizeF(kTablePoints);
    painter.setFont(font);
    painter.setPen(Qt::darkGray);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignBottom, title);
    painter.drawText(place, Qt::AlignRight | Qt::AlignBottom, QStringLiteral("%1 / %2").arg(page).arg(pages));
}

} // namespace

QByteArray reportPdf(const Report& report)
{
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    QPdfWriter pdf(&bytes);
    pdf.setResolution(kDpi);
    pdf.setPageSize(QPageSize(QPageSize::A4));
    const QMarginsF margins(kMarginMillimetres, kMarginMillimetres, kMarginMillimetres, kMarginMillimetres);
    pdf.setPageMargins(margins, QPageLayout::Millimeter);
    pdf.setTitle(report.title);
    pdf.setCreator(QStringLiteral("Telltale"));
    const QSizeF page(pdf.width(), pdf.height() - kFooterPixels);
    std::vector<const ReportFigure*> figures;
    QTextDocument document;
    document.documentLayout()->setPaintDevice(&pdf);
    document.setDocumentMargin(0);
    document.setPageSize(page);
    FigureObject drawer(figures, {page.width(), page.height() * kFigureShare});
    document.documentLayout()->registerHandler(kFigureObject, &drawer);
    PdfText(document, figures).write(report);
    QPainter painter(&pdf);
    const int pages = document.pageCount();
    for (int i = 0; i < pages; ++i) {
        if (i > 0)
            pdf.newPage();
        painter.save();
        painter.translate(0, -i * page.height());
        const QRectF shown(0, i * page.height(), page.width(), page.height());
        painter.setClipRect(shown);
        drawer.setPage(shown);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = shown;
        context.palette.setColor(QPalette::Text, Qt::black);
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        drawFooter(
            painter, report.title, i + 1, pages, QRectF(0, page.height(), page.width(), kFooterPixels));
    }
    painter.end();
    return bytes.data();
}

} // namespace telltale

#include "pdfreport.moc"
