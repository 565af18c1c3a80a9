// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "app/cli/benchtools.h"
#include <QProcess>
#include <QStringList>
#include <memory>
#include <string>

namespace telltale {

/// Debian's Python as a peer: a program that prints "ready" when it is, then answers each line with the CPU
/// and wall time that the work took, in nanoseconds (and more numbers or lines, as it likes). It computes
/// with the BLAS that this program has loaded and with as many threads of it as LibTorch takes, unless the
/// environment says otherwise. Belongs to one thread.
class PythonPeer {
public:
    /// `arguments` as of python3. NotFound tells to install `package` where the program does not become
    /// ready.
    static Result<std::unique_ptr<PythonPeer>> start(const QStringList& arguments, const char* package);
    ~PythonPeer();
    PythonPeer(const PythonPeer&) = delete;
    PythonPeer& operator=(const PythonPeer&) = delete;

    /// The next line that it prints after `line`. Io where none comes.
    Result<std::string> ask(const std::string& line);
    /// One more line that it prints.
    Result<std::string> answer();
    /// What it says that `line` took.
    Result<Cost> run(const std::string& line = {});

private:
    explicit PythonPeer(std::string package) : m_package(std::move(package)) { }
    std::string m_package;
    QProcess m_process;
};

/// Arguments of python3: a program's text, then numbers.
QStringList pythonProgram(const char* text, const std::vector<int>& numbers = {});

} // namespace telltale
