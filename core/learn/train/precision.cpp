// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/train/precision.h"
#include <ATen/autocast_mode.h>
#include <torch/version.h>

namespace telltale {

namespace {

constexpr double kFirstFactor = 65536;
constexpr int64_t kStepsToGrow = 2000;

// LibTorch 2.4 gave these a device.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
bool enabled() { return at::autocast::is_autocast_enabled(at::kCUDA); }
void enable(bool on) { at::autocast::set_autocast_enabled(at::kCUDA, on); }
at::ScalarType type() { return at::autocast::get_autocast_dtype(at::kCUDA); }
void setType(at::ScalarType wanted) { at::autocast::set_autocast_dtype(at::kCUDA, wanted); }
#else
bool enabled() { return at::autocast::is_enabled(); }
void enable(bool on) { at::autocast::set_enabled(on); }
at::ScalarType type() { return at::autocast::get_autocast_gpu_dtype(); }
void setType(at::ScalarType wanted) { at::autocast::set_autocast_gpu_dtype(wanted); }
#endif

} // namespace

HalfScope::HalfScope(const c10::Device& device, const std::string& precision)
    : m_active(device.is_cuda() && precision != "float32")
{
    if (!m_active)
        return;
    m_before = enabled();
    m_typeBefore = type();
    setType(precision == "float16" ? at::kHalf : at::kBFloat16);
    enable(true);
    at::autocast::increment_nesting();
}

HalfScope::~HalfScope()
{
    if (!m_active)
        return;
    if (at::autocast::decrement_nesting() == 0)
        at::autocast::clear_cache();
    enable(m_before);
    setType(m_typeBefore);
}

LossScale LossScale::forPrecision(const c10::Device& device, const std::string& precision)
{
    const bool active = device.is_cuda() && precision == "float16";
    return {active ? kFirstFactor : 1, 0, active};
}

bool LossScale::accept(bool finite)
{
    if (!active)
        return finite;
    if (!finite) {
        factor /= 2;
        goodSteps = 0;
        return false;
    }
    if (++goodSteps == kStepsToGrow) {
        factor *= 2;
        goodSteps = 0;
    }
    return true;
}

} // namespace telltale
