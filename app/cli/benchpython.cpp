// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/benchpython.h"
#include <sstream>

namespace telltale {

namespace {

constexpr int kPatienceMs = 300'000;
constexpr int kFarewellMs = 5'000;

} // namespace

Result<std::unique_ptr<PythonPeer>> PythonPeer::start(
    const char* program, const std::vector<int>& arguments, const char* package)
{
    std::unique_ptr<PythonPeer> peer(new PythonPeer(package));
    QStringList list{QStringLiteral("-c"), QString::fromUtf8(program)};
    for (const int number : arguments)
        list += QString::number(number);
    // Debian's own, which its packages belong to.
    peer->m_process.start(QStringLiteral("/usr/bin/python3"), list);
    const auto hello = peer->answer();
    if (!hello || *hello != "ready")
        return Error{ErrorCode::NotFound, std::string("install the package ") + package};
    return peer;
}

PythonPeer::~PythonPeer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(kFarewellMs))
        m_process.kill();
    m_process.waitForFinished(kFarewellMs);
}

Result<Cost> PythonPeer::run()
{
    m_process.write("\n");
    const auto told = answer();
    if (!told)
        return told.error();
    std::istringstream numbers(*told);
    Cost cost;
    if (!(numbers >> cost.cpu >> cost.wall))
        return Error{ErrorCode::Io, m_package + ": " + *told};
    return Cost{cost.cpu * 1e-6, cost.wall * 1e-6};
}

Result<std::string> PythonPeer::answer()
{
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(kPatienceMs))
            return Error{ErrorCode::Io, m_package + " gives no answer"};
    return m_process.readLine().trimmed().toStdString();
}

} // namespace telltale
