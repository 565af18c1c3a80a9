// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
// What nearly every file with LibTorch in it needs, compiled once. A file still includes what it uses.
#include <ATen/Parallel.h>
#include <torch/nn.h>
#include <torch/optim.h>
#include <torch/script.h>
