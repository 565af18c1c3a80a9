# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
"""Prints tests/pose/picklesamples.h: pickles as Python itself writes them, as byte strings.

Run with numpy: python3 tests/pose/make_pickles.py > tests/pose/picklesamples.h
"""
import collections
import os
import pickle
import numpy as np


def annotation(order):
    """Two persons, three frames, 17 points: point v of person m in frame t lies at 100 m + 10 t + v."""
    m, t, v = np.meshgrid(np.arange(2), np.arange(3), np.arange(17), indexing='ij')
    x = (100 * m + 10 * t + v + 1).astype(np.float16)
    points = np.stack([x, x + 500], axis=-1)
    score = np.full((2, 3, 17), 0.5, np.float32)
    score[1, 2, 16] = 0
    return {'frame_dir': 'clip', 'total_frames': 3, 'img_shape': (480, 640), 'original_shape': (480, 640),
            'label': np.int64(7), 'keypoint': np.array(points, order=order), 'keypoint_score': score}


class Calls:
    def __init__(self, function, argument):
        self.function, self.argument = function, argument

    def __reduce__(self):
        return self.function, (self.argument,)


def text(name, data):
    lines = ''
    for i in range(0, len(data), 20):
        lines += '\n    "' + ''.join(f'\\x{b:02x}' for b in data[i:i + 20]) + '"'
    return f'inline constexpr char {name}[] ={lines};\n'


print('// SPDX-License-Identifier: GPL-3.0-or-later')
print('// SPDX-FileCopyrightText: 2026 The Telltale authors')
print('// Made by tests/pose/make_pickles.py; do not edit.')
print('#pragma once\n')
print('// clang-format off')
print('namespace telltale::sample {\n')
for protocol in (2, 3, 4, 5):
    one = {'split': {'train': ['clip']}, 'annotations': [annotation('C')]}
    print(text(f'kPickle{protocol}', pickle.dumps(one, protocol)))
print(text('kFortranPickle', pickle.dumps([annotation('F')], 4)))
two = [annotation('C'), dict(annotation('C'), frame_dir='other')]
print(text('kTwoClips', pickle.dumps(two, 4)))
split = collections.defaultdict(list)
split['train'].append('clip')
mixed = [dict(annotation('C'), frame_dir='nobody', keypoint=np.zeros((0, 3, 17, 2), np.float32)),
         dict(annotation('C'), img_shape=(np.int64(480), np.int64(640)))]
mixed.append(mixed[1])
print(text('kContainers2', pickle.dumps({'split': split, 'names': {'clip'}, 'annotations': mixed}, 2)))
print(text('kPointsInSpace', pickle.dumps({'keypoint': np.ones((1, 2, 25, 3), np.float32)}, 4)))
print(text('kCallsSystem', pickle.dumps(Calls(os.system, 'true'), 2)))
print(text('kCallsSystem4', pickle.dumps(Calls(os.system, 'true'), 4)))
print(text('kCallsEval', pickle.dumps(Calls(eval, '1'), 4)))
print('} // namespace telltale::sample')
