// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Trains, adapts, scores and ablates on a set where there is nothing but LibTorch: a bare machine with a
// card.
#include "app/train/verbs.h"
#include "base/memory.h"
#include <csignal>
#include <cstdio>
#include <span>

namespace {

using namespace telltale;

volatile std::sig_atomic_t interrupted = 0;

class Terminal : public ProgressSink {
public:
    bool cancelled() const override { return interrupted != 0; }
};

constexpr const char* kUsage
    = "telltale-train train SET --recipe FILE --out FOLDER [--seed S] [--device D] [--resume yes]\n"
      "telltale-train adapt SET --model FOLDER --out FOLDER [--rounds R] [--protocol "
      "transductive|inductive]\n"
      "telltale-train predict SET --model FOLDER --out SCORES.csv\n"
      "telltale-train ablate SET --recipe FILE [--seeds N] [--folder DIR] [--out TABLE.json]\n"
      "  --seed S (1), --device auto|cpu|cuda (auto), --workers N (0: one a core)\n"
      "With --system track2, SET has untrimmed videos, and a detector that finds spans is trained or asked:\n"
      "telltale-train train SET --system track2 --recipe FILE --out FOLDER [--weights FILE] [--resume yes]\n"
      "telltale-train predict SET --system track2 --model FOLDER --out SPANS.csv [--role ROLE] [--all-spans "
      "yes]\n"
      "telltale-train ablate SET --system track2 --recipe FILE [--weights FILE] [--seeds N] [--folder DIR] "
      "[--out TABLE.json]\n"
      "  --weights FILE: of the video transformer, for recipes that see pictures\n";

Result<Arguments> parse(int argc, char** argv)
{
    const Error usage{ErrorCode::Usage, kUsage};
    if (argc < 3 || argc % 2 == 0)
        return usage;
    Arguments arguments;
    arguments.verb = argv[1];
    arguments.set = argv[2];
    for (int i = 3; i < argc; i += 2) {
        const std::string name = argv[i];
        const auto found
            = name.rfind("--", 0) == 0 ? arguments.options.find(name.substr(2)) : arguments.options.end();
        if (found == arguments.options.end())
            return Error{ErrorCode::Usage, "There is no option " + name + ".\n" + kUsage};
        found->second = argv[i + 1];
    }
    return arguments;
}

Status run(int argc, char** argv)
{
    const auto arguments = parse(argc, argv);
    if (!arguments)
        return arguments.error();
    const std::string& system = arguments->text("system");
    if (system != "track1" && system != "track2")
        return Error{ErrorCode::Usage, "--system wants track1 or track2"};
    const std::span<const Verb> verbs
        = system == "track2" ? std::span<const Verb>(kTrack2Verbs) : std::span<const Verb>(kTrack1Verbs);
    for (const Verb& verb : verbs) {
        if (arguments->verb != verb.name)
            continue;
        Terminal terminal;
        return verb.run(*arguments, terminal);
    }
    return Error{ErrorCode::Usage, kUsage};
}

} // namespace

int main(int argc, char** argv)
{
    telltale::keepFreedMemory();
    std::signal(SIGINT, [](int) { interrupted = 1; });
    const telltale::Status status = run(argc, argv);
    if (status)
        return 0;
    std::fprintf(stderr, "%s\n", status.error().message.c_str());
    return status.error().code == telltale::ErrorCode::Usage    ? 2
        : status.error().code == telltale::ErrorCode::Cancelled ? 130
                                                                : 1;
}
