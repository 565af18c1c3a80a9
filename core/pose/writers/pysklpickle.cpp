// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/writers/pysklpickle.h"
#include <algorithm>
#include <cstring>
#include <limits>
#include <string_view>

namespace telltale {
namespace {

/// Instructions of Python's pickle format (Lib/pickletools.py). A value is written by pushing it; nothing is
/// memoized, as nothing is there twice.
class PickleWriter {
public:
    PickleWriter() { m_out = "\x80\x05"; }

    void text(std::string_view text)
    {
        m_out += 'X'; // BINUNICODE
        bytesOf(static_cast<uint32_t>(text.size()));
        m_out += text;
    }

    void integer(int64_t value)
    {
        if (value >= std::numeric_limits<int32_t>::min() && value <= std::numeric_limits<int32_t>::max()) {
            m_out += 'J'; // BININT
            bytesOf(static_cast<int32_t>(value));
            return;
        }
        m_out += "\x8a\x08"; // LONG1
        bytesOf(value);
    }

    void beginList() { m_out += "]("; }
    void endList() { m_out += 'e'; }
    void beginDict() { m_out += "}("; }
    void endDict() { m_out += 'u'; }

    void pair(int64_t a, int64_t b)
    {
        integer(a);
        integer(b);
        m_out += '\x86'; // TUPLE2
    }

    /// numpy.ndarray(shape, '<f4', bytearray): its own memory, so that it can be written to.
    void array(const std::vector<int64_t>& shape, const std::vector<float>& values)
    {
        uint64_t count = 1;
        for (const int64_t size : shape)
            count *= static_cast<uint64_t>(size);
        m_out += "cnumpy\nndarray\n((";
        for (const int64_t size : shape)
            integer(size);
        m_out += 't';
        text("<f4");
        m_out += '\x96'; // BYTEARRAY8
        bytesOf(count * sizeof(float));
        const size_t there = std::min<size_t>(count, values.size());
        m_out.append(reinterpret_cast<const char*>(values.data()), there * sizeof(float));
        m_out.append((count - there) * sizeof(float), '\0');
        m_out += "tR";
    }

    std::string finish()
    {
        m_out += '.';
        return std::move(m_out);
    }

private:
    /// Little-endian, as the machines that this program runs on are.
    template <typename T> void bytesOf(T value)
    {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof(T));
        m_out.append(bytes, sizeof(T));
    }

    std::string m_out;
};

void writeSample(PickleWriter& out, const PysklSample& sample)
{
    const int64_t persons = std::max(sample.persons, 0);
    const int64_t frames = std::max<int64_t>(sample.totalFrames, 0);
    const int64_t points = std::max(sample.points, 0);
    out.beginDict();
    out.text("frame_dir");
    out.text(sample.frameDir);
    out.text("total_frames");
    out.integer(frames);
    for (const char* key : {"img_shape", "original_shape"}) {
        out.text(key);
        out.pair(sample.height, sample.width);
    }
    if (sample.label) {
        out.text("label");
        out.integer(*sample.label);
    }
    out.text("keypoint");
    out.array({persons, frames, points, 2}, sample.keypoint);
    out.text("keypoint_score");
    out.array({persons, frames, points}, sample.score);
    out.endDict();
}

} // namespace

PysklSample pysklSample(const PoseTrack& track, FrameSpan span, std::string frameDir)
{
    PysklSample sample;
    sample.frameDir = std::move(frameDir);
    sample.totalFrames = std::max<int64_t>(span.last - span.first, 0);
    sample.persons = track.persons;
    sample.points = track.pointCount;
    const auto points = static_cast<size_t>(track.pointCount);
    const auto frames = static_cast<size_t>(sample.totalFrames);
    sample.score.resize(static_cast<size_t>(track.persons) * frames * points);
    sample.keypoint.resize(sample.score.size() * 2);
    const auto first = std::ranges::lower_bound(track.frames, span.first);
    for (auto frame = first; frame != track.frames.end() && *frame < span.last; ++frame)
        for (int person = 0; person < track.persons; ++person) {
            const PosePoint* in = track.at(frame - track.frames.begin(), person);
            const size_t at
                = (static_cast<size_t>(person) * frames + static_cast<size_t>(*frame - span.first)) * points;
            for (size_t i = 0; i < points; ++i) {
                if (!(in[i].score > 0))
                    continue;
                sample.keypoint[(at + i) * 2] = in[i].x;
                sample.keypoint[(at + i) * 2 + 1] = in[i].y;
                sample.score[at + i] = in[i].score;
            }
        }
    return sample;
}

std::string pysklPickle(const PysklSet& set)
{
    PickleWriter out;
    out.beginDict();
    out.text("split");
    out.beginDict();
    for (const auto& [name, frameDirs] : set.splits) {
        out.text(name);
        out.beginList();
        for (const std::string& frameDir : frameDirs)
            out.text(frameDir);
        out.endList();
    }
    out.endDict();
    out.text("annotations");
    out.beginList();
    for (const PysklSample& sample : set.samples)
        writeSample(out, sample);
    out.endList();
    out.endDict();
    return out.finish();
}

} // namespace telltale
