// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "data/types.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// 3 of "P3", which is how files name people without a name; nothing: "P03" and all others are names.
std::optional<int> numberOfPerson(const std::string& name);

/// People of one video whom a file names get the numbers of those of that name, or the next free ones.
class PersonNumbers {
public:
    static constexpr int kMost = 1000; ///< the highest number that a file may give somebody

    explicit PersonNumbers(const std::vector<Person>& known);

    /// Somebody whom the file knows by number: nobody with a new name gets it. For all such people before the
    /// first call of numberOf(). `name` counts where there is one, else `number`.
    void keep(const std::string& name, int number);
    int numberOf(const std::string& name);
    /// Those who have been made, without their video.
    std::vector<Person>& fresh() { return m_fresh; }

private:
    std::map<std::string, int> m_numbers; ///< by name
    std::vector<Person> m_fresh;
    int m_free = 0; ///< above all that are taken
};

} // namespace telltale
