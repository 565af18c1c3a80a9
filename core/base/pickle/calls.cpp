// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/pickle/machine.h"
#include "base/printable.h"
#include <algorithm>

namespace telltale::pickle {
namespace {

// Ours: no call of data has more than a dozen arguments, and no file a hundred names.
constexpr size_t kMostArguments = 64;
constexpr size_t kLongestName = 200;
constexpr size_t kMostNames = 10'000; ///< that are in no table

} // namespace

void Machine::refuse(std::string_view global)
{
    fail(ErrorCode::Unsupported,
        std::string(m_rules.refusal).append(printable(global)).append(m_rules.refusalEnd));
}

Ref Machine::global(std::string_view module, std::string_view name)
{
    if (m_error)
        return kNone;
    if (module.size() > kLongestName || name.size() > kLongestName) {
        damaged("its pickle names a callable at great length");
        return kNone;
    }
    const std::string full = std::string(module).append(".").append(name);
    const auto found = std::ranges::find(m_rules.callables, std::string_view(full), &Callable::name);
    if (found != m_rules.callables.end())
        return make(Kind::Global, found - m_rules.callables.begin(), found->name);
    if (!m_rules.namesOthers) {
        refuse(full);
        return kNone;
    }
    if (m_content.names.size() >= kMostNames) {
        damaged("its pickle names callables without end");
        return kNone;
    }
    return make(Kind::Global, -1, *m_content.names.insert(full).first);
}

Ref Machine::globalOfLines()
{
    const std::string_view module = line();
    return global(module, line());
}

void Machine::globalStack()
{
    const Value& name = m_content[pop()];
    const Value& module = m_content[pop()];
    if (!name.isText() || !module.isText())
        return damaged("its pickle names a callable with what is no text");
    push(global(module.text, name.text));
}

void Machine::reduce()
{
    const Ref arguments = pop();
    const Ref callable = pop();
    if (m_error)
        return;
    if (m_content[arguments].kind != Kind::List)
        return damaged("its pickle calls with what are no arguments");
    if (m_content[arguments].items.size() > kMostArguments)
        return damaged("its pickle calls with more arguments than anything takes");
    call(callable, std::vector<Ref>(m_content[arguments].items));
}

void Machine::newObjectNamed()
{
    pop(); // arguments by name
    reduce();
}

void Machine::objectFromMark()
{
    std::vector<Ref> items = popToMark();
    if (items.empty())
        return damaged("its pickle makes an object of nothing");
    const Ref callable = items.front();
    items.erase(items.begin());
    call(callable, std::move(items));
}

void Machine::instance()
{
    std::vector<Ref> arguments = popToMark();
    if (const Ref callable = globalOfLines(); !m_error)
        call(callable, std::move(arguments));
}

void Machine::call(Ref callable, std::vector<Ref> arguments)
{
    const Value& function = m_content[callable];
    if (function.kind != Kind::Global)
        return damaged("its pickle calls what cannot be called");
    if (function.number < 0)
        return refuse(function.text);
    const Callable& known = m_rules.callables[static_cast<size_t>(function.number)];
    switch (known.action) {
    case Action::Keep:
        arguments.insert(arguments.begin(), kNone); // its state
        return push(make(Kind::Made, known.meaning, {}, std::move(arguments)));
    case Action::First:
        if (arguments.empty())
            return damaged("its pickle calls without an argument");
        return push(arguments.front());
    case Action::Dict:
        return copyInto(Kind::Dict, arguments);
    case Action::List:
        return copyInto(Kind::List, arguments);
    case Action::Ignore:
        return push(make(Kind::Object));
    }
}

/// A container of what the first argument holds.
void Machine::copyInto(Kind kind, const std::vector<Ref>& arguments)
{
    std::vector<Ref> items;
    if (!arguments.empty()) {
        const Value& from = m_content[arguments.front()];
        if (from.kind == kind)
            items = from.items;
        else if (kind == Kind::Dict && from.kind == Kind::List)
            for (const Ref pair : from.items) {
                const Value& value = m_content[pair];
                if (value.kind != Kind::List || value.items.size() != 2)
                    return damaged("its pickle makes a dictionary of what are no pairs");
                items.insert(items.end(), value.items.begin(), value.items.end());
            }
    }
    push(make(kind, 0, {}, std::move(items)));
}

/// The state of an object; containers have attributes that nobody needs.
void Machine::build()
{
    const Ref state = pop();
    if (m_error || !has(1))
        return;
    Value& target = m_content.values[m_stack.back()];
    if (target.kind == Kind::Made)
        target.items.front() = state;
    else if (target.kind != Kind::Dict && target.kind != Kind::List && target.kind != Kind::Object)
        damaged("its pickle gives a state to what has none");
}

void Machine::persistent()
{
    const Ref id = pop();
    if (m_error)
        return;
    if (!m_rules.persistentIds)
        return fail(ErrorCode::Unsupported,
            "its pickle points to something outside the file. Save it with what it needs inside.");
    push(make(Kind::Outside, 0, {}, {id}));
}

} // namespace telltale::pickle
