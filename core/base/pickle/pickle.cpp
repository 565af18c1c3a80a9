// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/pickle/pickle.h"
#include "base/pickle/machine.h"

namespace telltale::pickle {

Result<Content> Machine::run()
{
    static const std::array<Step, 256> kTable = makeTable();
    make(Kind::None);
    make(Kind::Bool, 0);
    make(Kind::Bool, 1);
    for (size_t steps = 0; !m_done && !m_error; ++steps) {
        const std::string_view code = take(1);
        if (code.empty())
            break;
        const auto byte = static_cast<unsigned char>(code[0]);
        if (const Step step = kTable.at(byte); !step)
            damaged(std::string("its pickle has the instruction ")
                        .append(std::to_string(byte))
                        .append(", which data do not need"));
        else if (steps >= m_rules.mostSteps)
            tooMuch();
        else
            (this->*step)();
    }
    if (!m_error)
        m_content.root = pop();
    if (m_error)
        return *m_error;
    m_content.size = m_at;
    return std::move(m_content);
}

void Machine::fail(ErrorCode code, const std::string& what)
{
    if (!m_error)
        m_error = Error{code, m_name + ": " + what};
}

void Machine::damaged(const std::string& what)
{
    fail(ErrorCode::BadFormat,
        what + " (at byte " + std::to_string(m_at) + " of the pickle). The file is damaged; fetch it again.");
}

void Machine::tooMuch()
{
    fail(ErrorCode::BadFormat, std::string("its pickle has more values than ").append(m_rules.tooMuch));
}

std::string_view Machine::take(uint64_t count)
{
    if (count > m_bytes.size() - m_at) {
        damaged("its pickle ends too early");
        return {};
    }
    const std::string_view part = m_bytes.substr(m_at, count);
    m_at += count;
    return part;
}

std::string_view Machine::line()
{
    const size_t end = m_bytes.find('\n', m_at);
    if (end == std::string_view::npos) {
        damaged("its pickle ends inside a line");
        return {};
    }
    const std::string_view text = m_bytes.substr(m_at, end - m_at);
    m_at = end + 1;
    return text;
}

Ref Machine::make(Kind kind, int64_t number, std::string_view text, std::vector<Ref> items)
{
    m_items += items.size();
    if (m_content.values.size() >= m_rules.mostValues || m_items > m_rules.mostItems) {
        tooMuch();
        return kNone;
    }
    Value& value = m_content.values.emplace_back();
    value.kind = kind;
    value.number = number;
    value.text = text;
    value.items = std::move(items);
    return static_cast<Ref>(m_content.values.size() - 1);
}

void Machine::push(Ref ref)
{
    if (m_stack.size() >= m_rules.mostItems)
        return tooMuch();
    m_stack.push_back(ref);
}

bool Machine::has(size_t count)
{
    const size_t floor = m_marks.empty() ? 0 : m_marks.back();
    if (m_stack.size() >= floor + count)
        return true;
    damaged("its pickle takes more values than it has");
    return false;
}

Ref Machine::pop()
{
    if (!has(1))
        return kNone;
    const Ref ref = m_stack.back();
    m_stack.pop_back();
    return ref;
}

std::vector<Ref> Machine::popToMark()
{
    if (m_marks.empty()) {
        damaged("its pickle lacks a mark");
        return {};
    }
    const auto from = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
    std::vector<Ref> items(from, m_stack.end());
    m_stack.erase(from, m_stack.end());
    m_marks.pop_back();
    return items;
}

const Value* Content::find(const Value& dict, std::string_view key) const
{
    if (dict.kind != Kind::Dict)
        return nullptr;
    for (size_t i = dict.items.size(); i >= 2; i -= 2)
        if (const Value& name = values[dict.items[i - 2]]; name.isText() && name.text == key)
            return &values[dict.items[i - 1]];
    return nullptr;
}

const Value* Content::item(const Value& list, size_t index) const
{
    return list.kind == Kind::List && index < list.items.size() ? &values[list.items[index]] : nullptr;
}

const Value* Content::argument(const Value& made, size_t index) const
{
    return made.kind == Kind::Made && index + 1 < made.items.size() ? &values[made.items[index + 1]]
                                                                    : nullptr;
}

const Value* Content::state(const Value& made) const
{
    return made.kind == Kind::Made && made.items.front() != kNone ? &values[made.items.front()] : nullptr;
}

Result<Content> read(std::string_view bytes, const std::string& name, const Rules& rules)
{
    return Machine(bytes, name, rules).run();
}

} // namespace telltale::pickle
