// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>
#include <string>

namespace telltale {

/// While it lives, operations that gain by it run in halves on a card: "bfloat16", "float16"; nothing for
/// "float32" or on the CPU. Of this thread.
class HalfScope {
public:
    HalfScope(const c10::Device& device, const std::string& precision);
    ~HalfScope();
    HalfScope(const HalfScope&) = delete;
    HalfScope& operator=(const HalfScope&) = delete;

private:
    bool m_active = false;
    bool m_before = false;
    c10::ScalarType m_typeBefore = c10::ScalarType::Half;
};

/// For float16, whose small gradients would become 0: the loss is multiplied by a factor that halves when
/// gradients overflow and doubles after 2,000 steps without (PyTorch's GradScaler and its constants).
struct LossScale {
    double factor = 1;
    int64_t goodSteps = 0;
    bool active = false;

    static LossScale forPrecision(const c10::Device& device, const std::string& precision);
    /// False if the step must be left out.
    bool accept(bool finite);
    /// Nothing is left to halve: the network itself diverges.
    bool exhausted() const { return factor < 1; }
};

} // namespace telltale
