// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// telltale-bench-peers ENGINE: obeys one order a line on stdin and answers one line each on stdout.
//   (started)    ready | missing
//   open FILE    ok CPU_NS WALL_NS PICTURES | error SENTENCE
//   frame N      ok CPU_NS WALL_NS 0        | error SENTENCE
#include "peer.h"
#include <algorithm>
#include <ctime>
#include <exception>
#include <functional>
#include <iostream>
#include <map>

namespace {

using namespace telltale::peer;

int64_t nanoseconds(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void obey(Peer& peer, const std::string& line)
{
    const std::string argument = line.substr(std::min(line.size(), line.find(' ') + 1));
    try {
        const int64_t cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
        const int64_t wall = nanoseconds(CLOCK_MONOTONIC);
        int64_t pictures = 0;
        if (line.rfind("open ", 0) == 0)
            pictures = peer.open(argument);
        else
            peer.frame(std::stoll(argument));
        std::cout << "ok " << nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu << ' '
                  << nanoseconds(CLOCK_MONOTONIC) - wall << ' ' << pictures << std::endl;
    } catch (const std::exception& failure) {
        std::cout << "error " << failure.what() << std::endl;
    }
}

} // namespace

int main(int argc, char** argv)
{
    const std::map<std::string, std::function<std::unique_ptr<Peer>()>> engines
        = {{"ffms2", makeFfms2}, {"opencv", makeOpenCv}, {"mpv", makeMpv}, {"opencv-dnn", makeOpenCvDnn}};
    const auto engine = argc == 2 ? engines.find(argv[1]) : engines.end();
    if (engine == engines.end()) {
        std::cerr << "telltale-bench-peers ffms2|opencv|mpv|opencv-dnn: used by telltale-cli bench\n";
        return 2;
    }
    const std::unique_ptr<Peer> peer = engine->second();
    std::cout << (peer ? "ready" : "missing") << std::endl;
    for (std::string line; peer && std::getline(std::cin, line);)
        obey(*peer, line);
    return 0;
}
