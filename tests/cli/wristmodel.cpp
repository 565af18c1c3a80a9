// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Apart from the tests, whose telltale() is a function.
#include "wristmodel.h"
#include "../pose/networks/onnxmodel.h"
#include <fstream>

void writeWristModel(const std::string& folder)
{
    std::ofstream(folder + "/wrists.onnx", std::ios::binary) << telltale::wristOnnx(96, 64);
    std::ofstream(folder + "/wrists.onnx.card.json")
        << R"({"name": "wrists", "layout": "coco17", "channels": "rgb", "inputWidth": 96, "inputHeight": 64,
            "needsHead": false, "minScore": 0.2})";
}
