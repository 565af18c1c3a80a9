// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "app/cli/benchpython.h"
#include <QProcessEnvironment>
#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

namespace telltale {

namespace {

constexpr int kPatienceMs = 600'000;
constexpr int kFarewellMs = 5'000;

/// The folder of the BLAS that the loader chose for this program; empty where there is none.
QString folderOfBlas()
{
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const size_t folder = line.find('/');
        const size_t name = line.rfind("/libblas.so");
        if (folder != std::string::npos && name != std::string::npos)
            return QString::fromStdString(line.substr(folder, name - folder));
    }
    return {};
}

QProcessEnvironment peerEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString threads = QString::number(std::max(1U, std::thread::hardware_concurrency()));
    for (const char* name : {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"})
        if (!environment.contains(QString::fromLatin1(name)))
            environment.insert(QString::fromLatin1(name), threads);
    const QString blas = folderOfBlas();
    const QString paths = QStringLiteral("LD_LIBRARY_PATH");
    if (!blas.isEmpty())
        environment.insert(paths, blas + QLatin1Char(':') + environment.value(paths));
    return environment;
}

} // namespace

Result<std::unique_ptr<PythonPeer>> PythonPeer::start(const QStringList& arguments, const char* package)
{
    std::unique_ptr<PythonPeer> peer(new PythonPeer(package));
    peer->m_process.setProcessEnvironment(peerEnvironment());
    // Debian's own, which its packages belong to.
    peer->m_process.start(QStringLiteral("/usr/bin/python3"), arguments);
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

Result<std::string> PythonPeer::ask(const std::string& line)
{
    m_process.write((line + "\n").c_str());
    return answer();
}

Result<std::string> PythonPeer::answer()
{
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(kPatienceMs))
            return Error{ErrorCode::Io, m_package + " gives no answer"};
    return m_process.readLine().trimmed().toStdString();
}

Result<Cost> PythonPeer::run(const std::string& line)
{
    const auto told = ask(line);
    if (!told)
        return told.error();
    std::istringstream numbers(*told);
    Cost cost;
    if (!(numbers >> cost.cpu >> cost.wall))
        return Error{ErrorCode::Io, std::string(m_package).append(": ").append(*told)};
    return Cost{cost.cpu * 1e-6, cost.wall * 1e-6};
}

QStringList pythonProgram(const char* text, const std::vector<int>& numbers)
{
    QStringList arguments{QStringLiteral("-c"), QString::fromUtf8(text)};
    for (const int number : numbers)
        arguments += QString::number(number);
    return arguments;
}

} // namespace telltale
