// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/interval.h"
#include <QDialog>
#include <optional>

class QComboBox;
class QLabel;

namespace telltale {

struct Workbench;

/// What the Pose menu does beyond one call.

void togglePointEditing(Workbench& bench);
void toggleCropEditing(Workbench& bench);
void putPersonsApart(Workbench& bench); ///< from the playhead on the person is a new one
/// With two persons they change places from the playhead on; with more the dialog asks for the other one.
void swapPersons(Workbench& bench);
QDialog* joinPersons(Workbench& bench);
QDialog* removePerson(Workbench& bench);

/// Asks with whom and in which frames a change of who is who is meant.
class PersonsDialog : public QDialog {
    Q_OBJECT
public:
    enum class Kind { Swap, Join, Remove };
    struct Choices {
        Kind kind = Kind::Swap;
        int person = 0;
        int persons = 1;
        int64_t frame = 0; ///< of the playhead
        std::optional<FrameSpan> span; ///< that is selected
    };
    explicit PersonsDialog(const Choices& choices, QWidget* parent = nullptr);
    int other() const; ///< 0 where nobody is asked for
    FrameSpan frames() const; ///< -1: to the end

private:
    QComboBox* m_other;
    QComboBox* m_frames;
    Choices m_choices;
};

} // namespace telltale
