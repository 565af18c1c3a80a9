// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "pose/networks/decoders.h"
#include "pose/networks/networkbackend.h"
#include "pose/networks/pictureinput.h"

namespace telltale {

/// A network, how to feed it and how to read it.
struct NetworkParts {
    std::filesystem::path file;
    PoseModelCard card;
    std::string backend;
    const PoseDecoder* decoder = nullptr;
    const PoseLayout* layout = nullptr; ///< null for a detector
    std::unique_ptr<NetworkBackend> network;
    std::unique_ptr<PoseEstimator> detector; ///< null where the card names none
};

/// The outputs that the card wants, for each of `count` pictures. BadFormat with what was found and what is
/// wanted.
Result<std::vector<std::vector<OutputView>>> samplesOf(
    const std::vector<RawOutput>& outputs, const PoseModelCard& card, int count);

class NetworkEstimator final : public PoseEstimator {
public:
    explicit NetworkEstimator(NetworkParts parts);
    using PoseEstimator::estimate;
    const PoseModelCard& card() const override { return m_parts.card; }
    std::string backend() const override { return m_parts.backend; }
    bool needsOrder() const override { return m_parts.card.boxes == "previous"; }
    bool severalPeople() const override
    {
        return m_parts.decoder->severalPeople(m_parts.card.options) || m_parts.detector;
    }
    std::array<int, 2> usefulSize(int width, int height) const override;
    Result<std::vector<PosePeople>> estimate(std::span<const PosePicture> pictures) override;
    void reset() override;

private:
    /// One sample of a batch: a picture or a part of it.
    struct Look {
        int picture = 0;
        InputFit fit;
    };

    Result<std::vector<Look>> looksAt(const PosePicture& picture, int number);
    Result<std::vector<PoseBox>> detected(const PosePicture& picture);
    Status run(
        std::span<const PosePicture> pictures, std::span<const Look> looks, std::vector<PosePeople>& people);
    /// False for somebody who is not really there.
    bool toPicture(PosePerson& person, const InputFit& fit, const PosePicture& picture) const;
    void remember(const PosePeople& people);

    NetworkParts m_parts;
    int m_points;
    std::vector<size_t> m_head;
    NdArray m_batch;
    std::vector<PoseBox> m_previous;
    int64_t m_pictures = 0;
};

} // namespace telltale
