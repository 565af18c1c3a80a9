// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "scriptmodels.h"
#include <algorithm>
#include <cmath>
#include <torch/script.h>

namespace telltale {

std::filesystem::path ModelFolder::writeModel(
    const std::string& name, const std::string& body, const std::string& card) const
{
    torch::jit::Module module("m");
    module.define("def forward(self, x: Tensor):" + body);
    module.save((m_path / name).string());
    if (!card.empty())
        write(name + ".card.json", card);
    return m_path / name;
}

void TestPicture::spot(double x, double y, int channel, double radius)
{
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column) {
            const double dx = column + 0.5 - x;
            const double dy = row + 0.5 - y;
            uint8_t& value = bgra[(static_cast<size_t>(row) * width + column) * 4 + channel];
            const double light = 250 * std::exp(-(dx * dx + dy * dy) / (2 * radius * radius));
            value = std::max(value, static_cast<uint8_t>(std::lround(light)));
        }
}

} // namespace telltale
