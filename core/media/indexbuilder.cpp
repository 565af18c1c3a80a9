// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "media/indexbuilder.h"

namespace telltale {

Result<std::unique_ptr<IndexBuilder>> IndexBuilder::open(
    const std::filesystem::path& file, const OpenOptions& options, ProgressSink* progress)
{
    av::silenceLog();
    std::unique_ptr<IndexBuilder> builder(new IndexBuilder);
    builder->m_file = file;
    builder->m_options = options;
    builder->m_progress = progress;
    auto demuxer = Demuxer::open(file, progress, options.stream);
    if (!demuxer)
        return demuxer.error();
    builder->m_demuxer = *std::move(demuxer);
    return builder;
}

Status IndexBuilder::advance(std::chrono::milliseconds /*budget*/)
{
    if (m_stage == Stage::Counting) {
        auto decoder = Decoder::open(*m_demuxer);
        if (!decoder)
            return decoder.error();
        if (Status status = orderByDecoding(*m_demuxer, **decoder, m_index, m_progress); !status)
            return status;
        return publish();
    }
    if (m_stage != Stage::Reading)
        return {};
    auto complete = m_demuxer->scan(m_index);
    if (!complete)
        return complete.error();
    m_complete = *complete;
    if (m_index.packets().empty())
        return Error{ErrorCode::BadFormat,
            m_file.string()
                + ": the video is cut short, no picture is left in it; copy it again from its source"};
    if (m_index.orderByTimeStamps(*m_demuxer->stream()->codecpar))
        return publish();
    m_stage = Stage::Counting;
    return {};
}

Status IndexBuilder::publish()
{
    if (m_index.frameCount() == 0)
        return Error{ErrorCode::BadFormat,
            m_file.string() + ": none of its " + std::to_string(m_index.packets().size())
                + " coded pictures can be decoded; copy it again from its source"};
    VideoDescription description = describeVideo(*m_demuxer, m_index, m_complete);
    m_published = std::make_shared<const IndexedVideo>(
        IndexedVideo{m_index, std::move(description.info), std::move(description.times)});
    m_stage = Stage::Done;
    return {};
}

Status IndexBuilder::finish()
{
    while (m_stage != Stage::Done)
        if (Status status = advance(std::chrono::milliseconds(100)); !status)
            return status;
    return {};
}

void IndexBuilder::suspect(int64_t /*packet*/)
{
    if (m_stage == Stage::Done && !m_index.madeByDecoding())
        m_stage = Stage::Counting;
}

Result<bool> IndexBuilder::pollGrowth() { return false; }

Result<std::unique_ptr<Demuxer>> IndexBuilder::reader() const
{
    return Demuxer::open(m_file, nullptr, m_published ? m_published->info.streamIndex : m_options.stream);
}

} // namespace telltale
