// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/report/writereport.h"
#include "widgets/plot/plotview.h"

namespace telltale {
namespace {

const char* const kStyle = R"(
:root { color-scheme: light dark; --text: #1d1d1f; --quiet: #5b5b60; --page: #ffffff; --line: #d8d8dc; --accent: #0072b2; }
@media (prefers-color-scheme: dark) { :root { --text: #e8e8ea; --quiet: #a4a4aa; --page: #1b1b1d; --line: #3a3a3f; --accent: #6cb8e6; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; border-top: 1px solid var(--line); padding-top: 1.5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; } .quiet, figcaption, caption { color: var(--quiet); }
nav ul { list-style: none; padding: 0; columns: 2; } a { color: var(--accent); }
figure { margin: 1rem 0; } figure svg { background: #fff; max-width: 100%; height: auto; border-radius: 4px; }
figcaption { font-size: .9rem; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; } caption { text-align: left; padding-bottom: .25rem; }
th, td { padding: .15rem .6rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; } td.number, th.number { text-align: right; }
.missing { border-left: 3px solid var(--accent); padding: .25rem .75rem; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
)";

QString escaped(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

/// The drawing alone, named for those who do not see it. What identifies its parts is made unique, because
/// all drawings share one page.
QString inlineSvg(const ReportFigure& figure)
{
    QString text = QString::fromUtf8(svgOf(figure.picture, figure.size, figure.title));
    text.remove(0, qMax(0, text.indexOf(QStringLiteral("<svg"))));
    text.replace(QStringLiteral("id=\""), QStringLiteral("id=\"%1-").arg(figure.key));
    text.replace(QStringLiteral("url(#"), QStringLiteral("url(#%1-").arg(figure.key));
    text.replace(QStringLiteral("xlink:href=\"#"), QStringLiteral("xlink:href=\"#%1-").arg(figure.key));
    return text.replace(0, 4, QStringLiteral("<svg role=\"img\""));
}

QString htmlOf(const ReportFigure& figure)
{
    QString caption = QStringLiteral("<b>%1.</b>").arg(figure.title.toHtmlEscaped());
    if (!figure.caption.isEmpty())
        caption += u' ' + figure.caption.toHtmlEscaped();
    return QStringLiteral("<figure id=\"%1\">%2<figcaption>%3</figcaption></figure>\n")
        .arg(figure.key.toHtmlEscaped(), inlineSvg(figure), caption);
}

QString rowOf(const Table& table, const std::vector<TableCell>* row)
{
    QString text = QStringLiteral("<tr>");
    for (size_t i = 0; i < table.columns.size(); ++i) {
        const QString side = isNumeric(table, i) ? QStringLiteral(" class=\"number\"") : QString();
        const std::string cell = !row ? table.columns[i].title
            : i < row->size()         ? cellText((*row)[i], table.columns[i])
                                      : std::string();
        text += (row ? QStringLiteral("<td%1>%2</td>") : QStringLiteral("<th scope=\"col\"%1>%2</th>"))
                    .arg(side, escaped(cell));
    }
    return text + QStringLiteral("</tr>\n");
}

QString htmlOf(const Table& table)
{
    const QByteArray csv = QByteArray::fromStdString(tableCsv(table)).toBase64();
    const QString key = escaped(table.key);
    QString text = QStringLiteral("<div class=\"scroll\"><table id=\"table-%1\"><caption>%2 "
                                  "(<a download=\"%1.csv\" href=\"data:text/csv;charset=utf-8;base64,%3\">CSV"
                                  "</a>)</caption>\n<thead>")
                       .arg(key, escaped(table.title), QString::fromLatin1(csv));
    text += rowOf(table, nullptr) + QStringLiteral("</thead><tbody>\n");
    for (const auto& row : table.rows)
        text += rowOf(table, &row);
    text += QStringLiteral("</tbody></table></div>\n");
    if (!table.note.empty())
        text += QStringLiteral("<p class=\"quiet\">%1</p>\n").arg(escaped(table.note));
    return text;
}

QString htmlOf(const ReportSection& section)
{
    QString text = QStringLiteral("<section><h2 id=\"section-%1\">%2</h2>\n")
                       .arg(section.key.toHtmlEscaped(), section.title.toHtmlEscaped());
    for (const QString& paragraph : section.paragraphs)
        text += QStringLiteral("<p>%1</p>\n").arg(paragraph.toHtmlEscaped());
    if (!section.missing.isEmpty())
        text += QStringLiteral("<p class=\"missing\">%1</p>\n").arg(section.missing.toHtmlEscaped());
    for (const ReportFigure& figure : section.figures)
        text += htmlOf(figure);
    for (const Table& table : section.tables)
        text += htmlOf(table);
    return text + QStringLiteral("</section>\n");
}

} // namespace

QByteArray reportHtml(const Report& report)
{
    const QString title = report.title.toHtmlEscaped();
    QString text = QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                                  "<title>%1</title><style>%2</style></head><body>\n"
                                  "<header><h1>%1</h1><p class=\"quiet\">%3</p></header>\n<nav><ul>\n")
                       .arg(title, QString::fromLatin1(kStyle), report.subtitle.toHtmlEscaped());
    for (const ReportSection& section : report.sections)
        text += QStringLiteral("<li><a href=\"#section-%1\">%2</a></li>\n")
                    .arg(section.key.toHtmlEscaped(), section.title.toHtmlEscaped());
    text += QStringLiteral("</ul></nav>\n");
    for (const ReportSection& section : report.sections)
        text += htmlOf(section);
    return (text + QStringLiteral("</body></html>\n")).toUtf8();
}

} // namespace telltale
