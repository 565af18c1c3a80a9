// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/personnumbers.h"
#include "exchange/csv.h"
#include <algorithm>

namespace telltale {

PersonNumbers::PersonNumbers(const std::vector<Person>& known)
{
    for (const Person& person : known) {
        m_numbers.emplace(person.name, person.number);
        m_free = std::max(m_free, person.number + 1);
    }
}

void PersonNumbers::keep(const std::string& name, int number)
{
    const int taken = name.empty() ? number : numberOfPerson(name).value_or(-1);
    if (taken <= kMost)
        m_free = std::max(m_free, taken + 1);
}

int PersonNumbers::numberOf(const std::string& name)
{
    if (const auto number = numberOfPerson(name))
        return *number;
    const auto [place, fresh] = m_numbers.emplace(name, m_free);
    if (!fresh)
        return place->second;
    Person made;
    made.number = m_free++;
    made.name = name;
    m_fresh.push_back(std::move(made));
    return place->second;
}

std::optional<int> numberOfPerson(const std::string& name)
{
    const auto number = name.starts_with('P') ? wholeNumber(name.substr(1)) : std::nullopt;
    const bool plain = number && *number >= 0 && *number <= PersonNumbers::kMost
        && name == std::string("P").append(std::to_string(*number));
    return plain ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

} // namespace telltale
