// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/packetindex.h"
#include "base/bytestream.h"
#include <algorithm>
#include <array>
#include <numeric>

namespace telltale {
namespace {

/// Codecs whose packets give one picture each, if the file is sound.
constexpr std::array kOnePicturePerPacket{AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP9,
    AV_CODEC_ID_AV1, AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_H263,
    AV_CODEC_ID_MJPEG, AV_CODEC_ID_PRORES, AV_CODEC_ID_DNXHD, AV_CODEC_ID_FFV1, AV_CODEC_ID_HUFFYUV,
    AV_CODEC_ID_FFVHUFF, AV_CODEC_ID_UTVIDEO, AV_CODEC_ID_PNG, AV_CODEC_ID_RAWVIDEO, AV_CODEC_ID_DVVIDEO};

/// No codec reorders further than this; the pictures of a file that does are counted by decoding.
constexpr size_t kReordering = 512;
/// Where no decode times tell, this many pictures at the end of an unfinished index may still get company.
constexpr size_t kHeldBack = 32;

/// The rows 0 to `rows` - 1 ordered by `keyOf`; empty if they are in that order.
template <typename KeyOf> PackedColumn sortedRows(int64_t rows, const KeyOf& keyOf)
{
    PackedColumn result;
    int64_t row = 1;
    while (row < rows && keyOf(row - 1) <= keyOf(row))
        ++row;
    if (row >= rows)
        return result;
    std::vector<std::pair<int64_t, int64_t>> keys;
    keys.reserve(static_cast<size_t>(rows));
    for (row = 0; row < rows; ++row)
        keys.emplace_back(keyOf(row), row);
    std::sort(keys.begin(), keys.end());
    for (const auto& [key, number] : keys)
        result.push_back(number);
    return result;
}

} // namespace

PacketInfo infoOf(const AVPacket& packet)
{
    PacketInfo info;
    info.pts = packet.pts;
    info.dts = packet.dts;
    info.position = packet.pos;
    info.size = packet.size;
    info.key = (packet.flags & AV_PKT_FLAG_KEY) != 0;
    info.hidden = (packet.flags & AV_PKT_FLAG_DISCARD) != 0;
    info.damaged = (packet.flags & AV_PKT_FLAG_CORRUPT) != 0 || packet.size <= 0;
    return info;
}

void PacketIndex::add(const PacketInfo& packet)
{
    m_pts.push_back(packet.pts);
    m_dts.push_back(packet.dts);
    m_position.push_back(packet.position);
    m_size.push_back(packet.size);
    m_flags.push_back(static_cast<uint8_t>(
        (packet.key ? kKey : 0) | (packet.hidden ? kHidden : 0) | (packet.damaged ? kDamaged : 0)));
    m_damaged += packet.damaged ? 1 : 0;
    m_hidden += packet.hidden ? 1 : 0;
    if (packet.hidden)
        return;
    m_anyWithoutPts = m_anyWithoutPts || packet.pts == AV_NOPTS_VALUE;
    if (m_firstPts == AV_NOPTS_VALUE)
        m_firstPts = packet.pts;
}

void PacketIndex::markDamaged(int64_t number)
{
    m_damaged += isDamaged(number) ? 0 : 1;
    m_flags[static_cast<size_t>(number)] |= kDamaged;
}

void PacketIndex::truncate(int64_t count)
{
    clearOrder();
    PacketIndex kept;
    for (int64_t n = 0; n < packetCount() && n < count; ++n)
        kept.add(packet(n));
    kept.m_lastDuration = m_lastDuration;
    *this = std::move(kept);
}

PacketInfo PacketIndex::packet(int64_t number) const
{
    const uint8_t flags = m_flags[static_cast<size_t>(number)];
    return {m_pts[number], m_dts[number], m_position[number], static_cast<int32_t>(m_size[number]),
        (flags & kKey) != 0, (flags & kHidden) != 0, (flags & kDamaged) != 0};
}

ShownPicture PacketIndex::picture(int64_t index) const
{
    return {m_order[index], ptsOf(index), m_madeByDecoding ? m_hashes[static_cast<size_t>(index)] : 0};
}

bool PacketIndex::onePicturePerPacket(AVCodecID codec)
{
    return std::find(kOnePicturePerPacket.begin(), kOnePicturePerPacket.end(), codec)
        != kOnePicturePerPacket.end();
}

void PacketIndex::clearOrder()
{
    m_order = {};
    m_shownPts = {};
    m_hashes = {};
    m_byPosition = {};
    m_byKey = {};
    m_identity = PictureIdentity::Pts;
    m_madeByDecoding = false;
    m_repairedStamps = false;
}

bool PacketIndex::orderByTimeStamps(const AVCodecParameters& parameters, bool whole)
{
    clearOrder();
    const bool fields
        = parameters.field_order != AV_FIELD_PROGRESSIVE && parameters.field_order != AV_FIELD_UNKNOWN;
    // Some containers mark no key frames at all; a stream that starts without one loses pictures at its
    // start.
    if (packetCount() == 0 || m_damaged > 0 || m_anyWithoutPts || fields
        || !onePicturePerPacket(parameters.codec_id) || !isKey(0))
        return false;
    // Decode times ascend, so what is still to come is shown after the last one.
    const bool timed = m_dts.back() != AV_NOPTS_VALUE;
    if (!sortByPts(whole || !timed ? INT64_MAX : m_dts.back(), whole || timed ? 0 : kHeldBack)) {
        clearOrder();
        return false;
    }
    finish();
    return true;
}

bool PacketIndex::sortByPts(int64_t until, size_t heldBack)
{
    // Pictures shown before the first key picture lack what they were predicted from.
    const int64_t first = m_pts[0];
    using Row = std::pair<int64_t, int64_t>; // time stamp, packet
    std::vector<Row> waiting;
    waiting.reserve(2 * kReordering);
    int64_t last = INT64_MIN; // of those that left the waiting room
    const auto leave = [&](size_t count) {
        for (size_t i = 0; i < count; ++i) {
            if (waiting[i].first <= last)
                return false;
            last = waiting[i].first;
            if (last < until)
                m_order.push_back(waiting[i].second);
        }
        waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
        return true;
    };
    for (int64_t n = 0; n < packetCount(); ++n) {
        if ((m_flags[static_cast<size_t>(n)] & kHidden) != 0)
            continue;
        const int64_t pts = m_pts[n];
        if (pts < first)
            return false;
        auto place = waiting.end();
        while (place != waiting.begin() && std::prev(place)->first > pts)
            --place;
        waiting.insert(place, {pts, n});
        if (waiting.size() == 2 * kReordering && !leave(kReordering))
            return false;
    }
    return leave(waiting.size() - std::min(waiting.size(), heldBack)) && !m_order.empty();
}

void PacketIndex::orderByDecoding(
    const std::vector<ShownPicture>& pictures, const std::vector<int64_t>& framePts)
{
    clearOrder();
    const auto unique = [](std::vector<int64_t> keys) {
        std::sort(keys.begin(), keys.end());
        return (keys.empty() || keys.front() != AV_NOPTS_VALUE)
            && std::adjacent_find(keys.begin(), keys.end()) == keys.end();
    };
    m_madeByDecoding = true;
    std::vector<ShownPicture> shown = pictures;
    std::vector<int64_t> numbers(shown.size());
    bool sameTimes = true; // false where libav had to guess better ones
    for (size_t i = 0; i < shown.size(); ++i) {
        numbers[i] = shown[i].packet;
        sameTimes = sameTimes && shown[i].pts == framePts[i];
    }
    m_identity = PictureIdentity::Count;
    if (sameTimes && unique(framePts))
        m_identity = PictureIdentity::Pts;
    else if (unique(numbers))
        m_identity = PictureIdentity::Packet;
    // A stamp that tells which picture it is stays as it is.
    if (m_identity != PictureIdentity::Pts)
        repairStamps(shown);
    m_hashes.reserve(shown.size());
    for (const ShownPicture& picture : shown) {
        m_order.push_back(picture.packet);
        m_shownPts.push_back(picture.pts);
        m_hashes.push_back(picture.hash);
    }
    finish();
}

void PacketIndex::repairStamps(std::vector<ShownPicture>& pictures)
{
    const int64_t step = std::max<int64_t>(1, m_lastDuration);
    for (size_t i = 0; i < pictures.size(); ++i) {
        int64_t& pts = pictures[i].pts;
        if (pts != AV_NOPTS_VALUE && (i == 0 || pts > pictures[i - 1].pts))
            continue;
        pts = i == 0 ? 0 : pictures[i - 1].pts + step;
        m_repairedStamps = true;
    }
}

int64_t PacketIndex::keyOfShown(int64_t index) const
{
    return m_identity == PictureIdentity::Packet ? m_order[index] : ptsOf(index);
}

void PacketIndex::finish()
{
    m_byPosition = sortedRows(packetCount(), [this](int64_t n) { return m_position[n]; });
    m_byKey = sortedRows(frameCount(), [this](int64_t i) { return keyOfShown(i); });
}

int64_t PacketIndex::lastDuration() const
{
    if (m_lastDuration > 0 || frameCount() < 2)
        return std::max<int64_t>(1, m_lastDuration);
    return std::max<int64_t>(1, ptsOf(frameCount() - 1) - ptsOf(frameCount() - 2));
}

template <typename KeyOf>
int64_t PacketIndex::lowerBound(
    int64_t rows, const PackedColumn& permutation, int64_t key, const KeyOf& keyOf)
{
    int64_t low = 0;
    int64_t high = rows;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (keyOf(permutation.empty() ? middle : permutation[middle]) < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::optional<int64_t> PacketIndex::findPacket(int64_t position, int32_t size, int64_t expected) const
{
    const auto fits
        = [&](int64_t number) { return m_position[number] == position && m_size[number] == size; };
    if (position < 0)
        return std::nullopt;
    if (expected >= 0 && expected < packetCount() && fits(expected))
        return expected;
    const auto at = [this](int64_t n) { return m_position[n]; };
    for (int64_t row = lowerBound(packetCount(), m_byPosition, position, at); row < packetCount(); ++row) {
        const int64_t number = m_byPosition.empty() ? row : m_byPosition[row];
        if (m_position[number] != position)
            break;
        if (m_size[number] == size)
            return number;
    }
    return std::nullopt;
}

std::optional<int64_t> PacketIndex::findShown(int64_t key) const
{
    const auto at = [this](int64_t i) { return keyOfShown(i); };
    const int64_t row = lowerBound(frameCount(), m_byKey, key, at);
    if (row == frameCount())
        return std::nullopt;
    const int64_t index = m_byKey.empty() ? row : m_byKey[row];
    return keyOfShown(index) == key ? std::optional(index) : std::nullopt;
}

std::optional<int64_t> PacketIndex::shownOf(int64_t number) const
{
    std::optional<int64_t> index
        = m_identity == PictureIdentity::Packet ? findShown(number) : findShown(m_pts[number]);
    if (index && m_order[*index] != number)
        index.reset();
    return index;
}

int64_t PacketIndex::keyAtOrBefore(int64_t number) const
{
    while (number >= 0 && !isKey(number))
        --number;
    return number;
}

int64_t PacketIndex::keyAfter(int64_t number) const
{
    do
        ++number;
    while (number < packetCount() && !isKey(number));
    return number;
}

std::vector<int64_t> PacketIndex::startsFor(int64_t index) const
{
    constexpr size_t kEnough = 4;
    const ShownPicture wanted = picture(index);
    std::vector<int64_t> starts;
    if (m_identity != PictureIdentity::Count) {
        // A picture shown before the key picture it follows in the file belongs to the group before (open
        // GOP).
        for (int64_t key = keyAtOrBefore(wanted.packet); key >= 0; key = keyAtOrBefore(key - 1)) {
            if (m_pts[key] != AV_NOPTS_VALUE && m_pts[key] > wanted.pts)
                continue;
            starts.push_back(key);
            if (starts.size() == kEnough)
                break;
        }
    }
    if (starts.empty() || starts.back() != 0)
        starts.push_back(0);
    return starts;
}

int64_t PacketIndex::shownKeys() const
{
    int64_t count = 0;
    for (int64_t i = 0; i < frameCount(); ++i)
        count += isKey(m_order[i]) ? 1 : 0;
    return count;
}

int64_t PacketIndex::longestGop() const
{
    int64_t longest = 0;
    int64_t start = 0;
    for (int64_t i = 1; i <= frameCount(); ++i) {
        if (i < frameCount() && !isKey(m_order[i]))
            continue;
        longest = std::max(longest, i - start);
        start = i;
    }
    return longest;
}

int64_t PacketIndex::bytes() const
{
    int64_t total
        = static_cast<int64_t>(sizeof *this + m_flags.capacity() + m_hashes.capacity() * sizeof(uint64_t));
    for (const PackedColumn* column :
        {&m_pts, &m_dts, &m_position, &m_size, &m_order, &m_shownPts, &m_byPosition, &m_byKey})
        total += column->bytes();
    return total;
}

void PacketIndex::write(ByteWriter& out) const
{
    for (const PackedColumn* column :
        {&m_pts, &m_dts, &m_position, &m_size, &m_order, &m_shownPts, &m_byPosition, &m_byKey})
        column->write(out);
    out.list(m_flags);
    out.list(m_hashes);
    out.value(m_identity);
    for (const bool fact : {m_madeByDecoding, m_repairedStamps, m_anyWithoutPts})
        out.value(static_cast<uint8_t>(fact ? 1 : 0));
    for (const int64_t number : {m_firstPts, m_damaged, m_hidden, m_lastDuration})
        out.value(number);
}

bool PacketIndex::read(ByteReader& in)
{
    for (PackedColumn* column :
        {&m_pts, &m_dts, &m_position, &m_size, &m_order, &m_shownPts, &m_byPosition, &m_byKey})
        if (!column->read(in))
            return false;
    m_flags = in.list<uint8_t>();
    m_hashes = in.list<uint64_t>();
    m_identity = in.value<PictureIdentity>();
    for (bool* fact : {&m_madeByDecoding, &m_repairedStamps, &m_anyWithoutPts})
        *fact = in.value<uint8_t>() != 0;
    for (int64_t* number : {&m_firstPts, &m_damaged, &m_hidden, &m_lastDuration})
        *number = in.value<int64_t>();
    return in.ok() && isConsistent();
}

bool PacketIndex::isConsistent() const
{
    const int64_t packets = packetCount();
    const int64_t frames = frameCount();
    bool fits = m_identity >= PictureIdentity::Pts && m_identity <= PictureIdentity::Count
        && static_cast<int64_t>(m_flags.size()) == packets;
    for (const PackedColumn* column : {&m_pts, &m_dts, &m_size})
        fits = fits && column->size() == packets;
    fits = fits && m_shownPts.size() == (m_madeByDecoding ? frames : 0)
        && static_cast<int64_t>(m_hashes.size()) == (m_madeByDecoding ? frames : 0)
        && (m_byPosition.empty() || m_byPosition.size() == packets)
        && (m_byKey.empty() || m_byKey.size() == frames);
    const auto within = [](const PackedColumn& numbers, int64_t end) {
        for (int64_t i = 0; i < numbers.size(); ++i)
            if (numbers[i] < 0 || numbers[i] >= end)
                return false;
        return true;
    };
    return fits && within(m_order, packets) && within(m_byPosition, packets) && within(m_byKey, frames);
}

} // namespace telltale
