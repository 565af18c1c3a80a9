// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace telltale {

/// What went wrong, coarse enough for a program to act on.
enum class ErrorCode {
    NotFound, ///< a file, project row or name that is not there
    BadFormat, ///< the input is not what it claims to be, or is damaged
    Unsupported, ///< understood, but this build or program cannot do it
    Io, ///< reading or writing failed: permission, full disk, vanished device
    InvalidArgument, ///< the caller asked for something that makes no sense here
    Usage, ///< the command line was wrong (exit status 2)
    Cancelled, ///< somebody asked to stop; never shown as a failure (exit status 130)
    Conflict, ///< the state changed, or forbids this
    NewerSchema, ///< written by a newer version of the program
    Internal, ///< a library failed in a way that is not the user's doing
};

/// A failure. `message` is one sentence for a person: it names the file, the place in it and what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
};

/// A value or the reason why there is none. Nothing in core throws across a public function.
template <typename T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) { }
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) { }

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) { }
    bool ok() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    const Error& error() const { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

using Status = Result<void>;

} // namespace telltale
