// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// The bytes are CPython's own: pickle.dumps() of what the tests expect, or instructions by
// Lib/pickletools.py.
#include "base/pickle/pickle.h"
#include "base/pickle/pickletext.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace telltale;
using namespace std::string_literals;
using pickle::Action;
using pickle::Content;
using pickle::Kind;
using pickle::Value;
using testing::HasSubstr;

namespace {

constexpr int kPoint = 7;

constexpr pickle::Callable kCallables[] = {
    {"shapes.Point", Action::Keep, kPoint},
    {"shapes.same", Action::First},
    {"shapes.Map", Action::Dict},
    {"shapes.Row", Action::List},
    {"shapes.Clock", Action::Ignore},
};

constexpr pickle::Rules kRules = {
    .callables = kCallables,
    .mostValues = 1000,
    .mostItems = 2000,
    .mostSteps = 5000,
    .tooMuch = "a test has.",
    .refusal = "names ",
    .refusalEnd = ", which no test has.",
};

/// Keeps the bytes that the content points into.
struct Read {
    explicit Read(std::string given, const pickle::Rules& rules = kRules)
        : bytes(std::move(given))
        , content(pickle::read(bytes, "x.pkl", rules))
    {
    }
    const Content& operator*() const { return *content; }
    const Content* operator->() const { return &*content; }
    std::string error() const { return content ? "it was read" : content.error().message; }

    std::string bytes;
    Result<Content> content;
};

std::string textAt(const Content& content, const Value& list, size_t index)
{
    const Value* item = content.item(list, index);
    return item ? std::string(item->text) : "nothing";
}

/// {'a': [1, -2, 3.5, True, None, 'é€😀', 2**40, (), ('x',)]}
const std::vector<std::string> kOfEveryProtocol = {
    "(dp0\nVa\np1\n(lp2\nI1\naI-2\naF3.5\naI01\naNaV\xe9\\u20ac\\U0001f600\np3\naL1099511627776L\na(ta("
    "Vx\np4\n"
    "tp5\nas."s,
    "}q\0X\1\0\0\0aq\1]q\2(K\1J\xfe\xff\xff\xffG@"
    "\x0c\0\0\0\0\0\0I01\nNX\t\0\0\0\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"
    "q\3L1099511627776L\n)(X\1\0\0\0xq\4tq\5es."s,
    "\x80\2}q\0X\1\0\0\0aq\1]q\2(K\1J\xfe\xff\xff\xffG@"
    "\x0c\0\0\0\0\0\0\x88NX\t\0\0\0\xc3\xa9\xe2\x82\xac\xf0\x9f"
    "\x98\x80q\3\x8a\6\0\0\0\0\0\1)X\1\0\0\0xq\4\x85q\5es."s,
    "\x80\3}q\0X\1\0\0\0aq\1]q\2(K\1J\xfe\xff\xff\xffG@"
    "\x0c\0\0\0\0\0\0\x88NX\t\0\0\0\xc3\xa9\xe2\x82\xac\xf0\x9f"
    "\x98\x80q\3\x8a\6\0\0\0\0\0\1)X\1\0\0\0xq\4\x85q\5es."s,
    "\x80\4\x95\x39\0\0\0\0\0\0\0}\x94\x8c\1a\x94]\x94(K\1J\xfe\xff\xff\xffG@"
    "\x0c\0\0\0\0\0\0\x88N\x8c\t\xc3\xa9\xe2"
    "\x82\xac\xf0\x9f\x98\x80\x94\x8a\6\0\0\0\0\0\1)\x8c\1x\x94\x85\x94"
    "es."s,
    "\x80\5\x95\x39\0\0\0\0\0\0\0}\x94\x8c\1a\x94]\x94(K\1J\xfe\xff\xff\xffG@"
    "\x0c\0\0\0\0\0\0\x88N\x8c\t\xc3\xa9\xe2"
    "\x82\xac\xf0\x9f\x98\x80\x94\x8a\6\0\0\0\0\0\1)\x8c\1x\x94\x85\x94"
    "es."s,
};

} // namespace

TEST(Pickle, OfEveryProtocolHoldsWhatPythonPutIn)
{
    for (size_t protocol = 0; protocol < kOfEveryProtocol.size(); ++protocol) {
        SCOPED_TRACE(protocol);
        const Read read(kOfEveryProtocol[protocol] + "behind it");
        ASSERT_TRUE(read.content) << read.error();
        EXPECT_EQ(read->size, kOfEveryProtocol[protocol].size());
        const Value* list = read->find(read->top(), "a");
        ASSERT_TRUE(list);
        ASSERT_EQ(list->items.size(), 9U);
        const auto item = [&](size_t i) -> const Value& { return *read->item(*list, i); };
        EXPECT_EQ(item(0).kind, Kind::Int);
        EXPECT_EQ(item(0).number, 1);
        EXPECT_EQ(item(1).number, -2);
        EXPECT_EQ(item(2).kind, Kind::Real);
        EXPECT_EQ(item(2).real, 3.5);
        EXPECT_EQ(item(3).kind, Kind::Bool);
        EXPECT_EQ(item(3).number, 1);
        EXPECT_EQ(item(4).kind, Kind::None);
        EXPECT_EQ(item(5).kind, Kind::Text);
        EXPECT_EQ(item(5).text, "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
        EXPECT_EQ(item(6).number, int64_t{1} << 40);
        EXPECT_EQ(item(7).kind, Kind::List);
        EXPECT_TRUE(item(7).items.empty());
        EXPECT_EQ(textAt(*read, item(8), 0), "x");
        EXPECT_EQ(read->item(item(8), 1), nullptr);
        EXPECT_EQ(read->item(item(0), 0), nullptr);
    }
    EXPECT_THAT(Read("\x80\6N."s).error(), HasSubstr("is of protocol 6"));
}

TEST(Pickle, TextsOfPython2AreWhatItsReprSays)
{
    const Read read("(S'a\\n\\x00\\'\\\\\\101'\nS\"it's\"\nl."s);
    ASSERT_TRUE(read.content) << read.error();
    EXPECT_EQ(textAt(*read, read->top(), 0), "a\n\0'\\A"s);
    EXPECT_EQ(textAt(*read, read->top(), 1), "it's");
    EXPECT_EQ(read->item(read->top(), 0)->kind, Kind::Bytes);
    EXPECT_THAT(Read("S'\\x0'\n."s).error(), HasSubstr("an escape that is none"));
    EXPECT_THAT(Read("S'\\'\n."s).error(), HasSubstr("an escape that is none"));
    EXPECT_THAT(Read("V\\u12\n."s).error(), HasSubstr("an escape that is none"));
    // Half of a pair of UTF-16 is no character.
    EXPECT_EQ(Read("V\\ud83d\n."s)->top().text, "\xef\xbf\xbd");
    EXPECT_EQ(*pickle::toLatin1("a\xc3\xbf\xc2\x80"), "a\xff\x80");
    EXPECT_FALSE(pickle::toLatin1("\xc4\x80"));
}

TEST(Pickle, CallsOfTheTableBecomeWhatItSays)
{
    // [Point(1, 2) with the state 'z', same('s'), Map([('k', 1)]), Map({'k': 1}), Row(('r',)), Clock(1)['x']
    // = 1]
    const Read read("(cshapes\nPoint\nK\1K\2\x86RX\1\0\0\0zb"
                    "cshapes\nsame\nX\1\0\0\0s\x85R"
                    "cshapes\nMap\n]X\1\0\0\0kK\1\x86"
                    "a\x85R"
                    "cshapes\nMap\n}X\1\0\0\0kK\1s\x85R"
                    "cshapes\nRow\nX\1\0\0\0r\x85\x85R"
                    "cshapes\nClock\nK\1\x85RX\1\0\0\0xK\1sl."s);
    ASSERT_TRUE(read.content) << read.error();
    const auto item = [&](size_t i) -> const Value& { return *read->item(read->top(), i); };
    EXPECT_EQ(item(0).kind, Kind::Made);
    EXPECT_EQ(item(0).number, kPoint);
    EXPECT_EQ(read->argument(item(0), 1)->number, 2);
    EXPECT_EQ(read->argument(item(0), 2), nullptr);
    EXPECT_EQ(read->state(item(0))->text, "z");
    EXPECT_EQ(item(1).text, "s");
    EXPECT_EQ(read->find(item(2), "k")->number, 1);
    EXPECT_EQ(read->find(item(3), "k")->number, 1);
    EXPECT_EQ(textAt(*read, item(4), 0), "r");
    EXPECT_EQ(item(5).kind, Kind::Object);
    const Read bare("cshapes\nPoint\n)R."s);
    EXPECT_EQ(bare->state(bare->top()), nullptr);
}

TEST(Pickle, WhatIsNotInTheTableIsRefusedByItsNameInEveryWayToCallIt)
{
    const std::string ways[] = {
        "cos\nsystem\n)R."s,
        "cos\nsystem\n)\x81."s,
        "cos\nsystem\n)}\x92."s,
        "(cos\nsystem\no."s,
        "(ios\nsystem\n."s,
        "X\2\0\0\0osX\6\0\0\0system\x93)R."s,
    };
    pickle::Rules naming = kRules;
    naming.namesOthers = true;
    for (const std::string& way : ways)
        for (const pickle::Rules& rules : {kRules, naming}) {
            const Read read(way, rules);
            ASSERT_FALSE(read.content);
            EXPECT_EQ(read.content.error().code, ErrorCode::Unsupported);
            EXPECT_EQ(read.error(), "x.pkl: names os.system, which no test has.");
        }
    EXPECT_EQ(Read("cos\nsystem\n."s).error(), "x.pkl: names os.system, which no test has.");
    const Read named("cos\nsystem\n."s, naming);
    ASSERT_TRUE(named.content) << named.error();
    EXPECT_EQ(named->top().text, "os.system");
    // What was made of a call, and what is no name at all, cannot be called.
    EXPECT_THAT(Read("cshapes\nPoint\n)R)R."s).error(), HasSubstr("calls what cannot be called"));
    EXPECT_THAT(Read("X\2\0\0\0os)R."s).error(), HasSubstr("calls what cannot be called"));
}

TEST(Pickle, ThingsOutsideOfItAreForThoseWhoKnowThem)
{
    EXPECT_THAT(Read("X\1\0\0\0aQ."s).error(), HasSubstr("outside the file"));
    pickle::Rules rules = kRules;
    rules.persistentIds = true;
    const Read read("X\1\0\0\0aQ."s, rules);
    ASSERT_TRUE(read.content) << read.error();
    EXPECT_EQ(read->top().kind, Kind::Outside);
    EXPECT_EQ((*read)[read->top().items.front()].text, "a");
}

TEST(Pickle, TheLastValueOfAKeyCountsAsInPython)
{
    const Read read("}(X\1\0\0\0aK\1X\1\0\0\0bK\2X\1\0\0\0aK\3u."s);
    EXPECT_EQ(read->find(read->top(), "a")->number, 3);
    EXPECT_EQ(read->find(read->top(), "b")->number, 2);
    EXPECT_EQ(read->find(read->top(), "c"), nullptr);
}

TEST(Pickle, ValuesAreRecalledByTheNumbersTheyWereKeptUnder)
{
    // From 1 on as Python 2 counts; out of order; one kept again; MEMOIZE goes on behind them.
    const Read read("K\1p1\n0K\2p0\n0K\3q\7\x30K\4p1\n0K\5\x94\x30(g0\ng1\nh\7h\3l."s);
    ASSERT_TRUE(read.content) << read.error();
    const auto item = [&](size_t i) { return read->item(read->top(), i)->number; };
    EXPECT_EQ(item(0), 2);
    EXPECT_EQ(item(1), 4);
    EXPECT_EQ(item(2), 3);
    EXPECT_EQ(item(3), 5);
    EXPECT_THAT(Read("h\1."s).error(), HasSubstr("recalls a value that is not there"));
}

TEST(Pickle, MoreThanTheRulesAllowIsRefused)
{
    const std::string tooMuch = "x.pkl: its pickle has more values than a test has.";
    EXPECT_EQ(Read(std::string(1100, ']') + ".").error(), tooMuch);
    EXPECT_EQ(Read("N" + std::string(2100, '2') + ".").error(), tooMuch);
    std::string steps;
    for (int i = 0; i < 2600; ++i)
        steps += "N0";
    EXPECT_EQ(Read(steps + "N.").error(), tooMuch);
    // One list that is put into calls again and again.
    std::string calls = "cshapes\nPoint\nq\0("s + std::string(30, 'N') + "tq\1";
    for (int i = 0; i < 80; ++i)
        calls += "h\0h\1R"s;
    EXPECT_EQ(Read(calls + ".").error(), tooMuch);
    EXPECT_THAT(
        Read("cshapes\nPoint\n(" + std::string(65, 'N') + "tR.").error(), HasSubstr("more arguments"));
    EXPECT_THAT(Read("\x8a\x09" + std::string(9, '\1') + ".").error(), HasSubstr("more than 64 bits"));
    pickle::Rules rules = kRules;
    rules.wideIntegers = true;
    EXPECT_EQ(Read("\x8a\x09" + std::string(9, '\1') + ".", rules)->top().text, std::string(9, '\1'));
}

TEST(Pickle, CutShortAtAnyByteIsRefusedWithTheFileAndThePlace)
{
    for (const std::string& whole : kOfEveryProtocol)
        for (size_t size = 0; size < whole.size(); ++size) {
            const Read read(whole.substr(0, size));
            ASSERT_FALSE(read.content) << size;
            EXPECT_THAT(read.error(), testing::StartsWith("x.pkl: its pickle "));
            EXPECT_THAT(read.error(), HasSubstr("at byte "));
        }
}
