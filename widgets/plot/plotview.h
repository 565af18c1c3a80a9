// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include <QPicture>
#include <QSize>
#include <QWidget>

class QMenu;

namespace telltale {

/// A drawing of `size` pixels of 1/96 inch as an SVG document, lines as lines and letters as letters.
QByteArray svgOf(const QPicture& picture, QSize size, const QString& title);

/// A view that can also be a figure on paper: drawn anew at any size, in black on white and in a font that
/// stays readable, whatever the window looks like at the moment. GUI thread.
class PlotView : public QWidget {
    Q_OBJECT
public:
    explicit PlotView(QWidget* parent = nullptr);

    /// `key` becomes the name of its file ("reliability"), `title` what people read above it.
    void setFigure(const QString& key, const QString& title);
    QString key() const { return m_key; }
    QString title() const { return m_title; }
    /// Whether there is nothing to draw but a sentence.
    virtual bool isEmpty() const = 0;
    /// Of the figure on paper, in pixels of 1/96 inch.
    virtual QSize paperSize() const { return {640, 400}; }

    /// The figure as lines and letters. Nothing on the screen changes.
    QPicture picture(QSize size);
    /// As `.svg`, `.pdf` or `.png` (of 300 dots per inch), by the end of the name; atomically.
    /// InvalidArgument for another end, Io.
    Status save(const QString& file, QSize size = {});
    /// "Copy figure" and "Save figure..."; the caller shows and owns it.
    QMenu* makeMenu(QWidget* parent);

protected:
    /// Draws on all of `size` in the widget's palette and font of this moment.
    virtual void drawFigure(QPaintDevice& device, QSize size) = 0;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void copy();
    void askAndSave();

    QString m_key = QStringLiteral("figure");
    QString m_title;
};

} // namespace telltale
