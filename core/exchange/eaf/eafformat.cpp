// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "exchange/csv.h"
#include "exchange/eaf/eafspans.h"
#include "exchange/eaf/eafwriter.h"
#include "exchange/eaf/mediaurl.h"
#include "exchange/formats.h"
#include <algorithm>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTiers = "tiers";
constexpr const char* kAllTiers = "*";
constexpr size_t kListedTiers = 40;
constexpr double kMostFps = 1000;
constexpr int64_t kMostFrames = 1'000'000'000;

/// The setting; empty: all tiers.
std::string wantedTiers(const FormatSettings& settings)
{
    const auto found = settings.find(kTiers);
    const std::string wanted = found == settings.end() ? std::string() : xmlText(found->second);
    return wanted == kAllTiers || wanted.find_first_not_of(" ,") == std::string::npos ? std::string()
                                                                                      : wanted;
}

/// The video if it is where the file says, absolutely or seen from the file, or beside the file; never seen
/// from where the program runs.
fs::path foundVideo(const pugi::xml_node media, const fs::path& beside)
{
    if (std::string_view(media.attribute("MIME_TYPE").value()).starts_with("audio"))
        return {};
    const std::string absolute = pathOfUrl(attributeText(media, "MEDIA_URL"));
    const std::string relative = pathOfUrl(attributeText(media, "RELATIVE_MEDIA_URL"));
    std::error_code ec;
    for (const fs::path& path :
        {beside / absolute, beside / relative, beside / fs::path(absolute).filename()})
        if (path.has_filename() && fs::is_regular_file(path, ec))
            return path;
    return {};
}

/// A label file and the video that it names.
void describeVideo(EafDocument& document, const SourceFile& file, IntakeVideo& video)
{
    const pugi::xml_node media = document.media();
    if (media)
        video.file = foundVideo(media, file.path.parent_path());
    video.name = document.property(kEafVideoProperty);
    if (video.name.empty() && media)
        video.name = xmlText(fs::path(pathOfUrl(attributeText(media, "MEDIA_URL"))).stem().string());
    if (video.name.empty())
        video.name = xmlText(file.path.stem().string());
    const auto fps = decimalNumber(document.property(kEafFpsProperty));
    if (fps && *fps > 0 && *fps <= kMostFps)
        video.fps = *fps;
    const auto frames = wholeNumber(document.property(kEafFramesProperty));
    if (frames && *frames > 0 && *frames <= kMostFrames)
        video.frameCount = *frames;
    video.subject = document.property(kEafSubjectProperty);
}

void takeSpans(
    EafDocument& document, const std::string& wanted, const EafProblem& problem, IntakeVideo& video)
{
    std::vector<EafSpan> spans = spansOf(document, wanted, problem);
    video.spans.reserve(spans.size());
    for (EafSpan& one : spans)
        video.spans.push_back(std::move(one.span));
}

/// "annotations by tier: gestures 12, words 0"
void tellTiers(const EafDocument& document, const std::string& wanted, const SourceFile& file,
    std::vector<std::string>& notes)
{
    std::string taken;
    std::string left;
    size_t listed = 0;
    for (const EafTier& tier : document.tiers()) {
        if (tier.role != EafRole::Spans || ++listed > kListedTiers)
            continue;
        std::string& list = wanted.empty() || inTierList(tier.name, wanted) ? taken : left;
        list.append(list.empty() ? "" : ", ")
            .append(tier.name)
            .append(" ")
            .append(std::to_string(tier.annotations.size()));
    }
    if (listed > kListedTiers)
        taken.append(" and ").append(std::to_string(listed - kListedTiers)).append(" more tiers");
    notes.push_back(*file.name + ": annotations by tier: " + (taken.empty() ? "none" : taken)
        + (wanted.empty() && listed > 1 ? "; --set tiers=NAME,NAME takes some of them" : ""));
    if (!left.empty())
        notes.push_back(*file.name + ": tiers that were left out: " + left);
}

class EafFormat final : public SpanFormat {
public:
    std::string name() const override { return "eaf"; }
    std::string title() const override { return "ELAN (EAF 2.7 to 3.0)"; }
    std::string fileFilter() const override { return "*.eaf"; }
    bool perVideo() const override { return true; }

    std::vector<FormatSetting> importSettings() const override
    {
        return {{kTiers, "Tiers to import, separated by commas (* stands for any text)", {}, kAllTiers}};
    }

    Conventions conventions(const ImportOptions&) const override
    {
        return {"milliseconds of the video's own time stamps; TIME_ORIGIN of the video is added on import",
            "slots without a time divide the space between their neighbours evenly", "the end is exclusive",
            kTimesToFrames};
    }

    Result<std::vector<IntakeVideo>> read(const SourceFile& file, const ReadContext& context) const override
    {
        EafDocument* document = nullptr;
        // While the file is parsed there is nothing yet to ask for a place: those wait.
        std::vector<std::pair<pugi::xml_node, std::string>> early;
        const auto problem = [&](pugi::xml_node node, std::string what) {
            if (document)
                context.problem(document->file().at(node), std::move(what));
            else
                early.emplace_back(node, std::move(what));
        };
        auto parsed = EafDocument::parse(file, problem);
        if (!parsed)
            return parsed.error();
        document = parsed->get();
        for (auto& [node, what] : early)
            problem(node, std::move(what));
        const std::string wanted = wantedTiers(context.options.settings);
        IntakeVideo video;
        describeVideo(*document, file, video);
        takeSpans(*document, wanted, problem, video);
        tellTiers(*document, wanted, file, context.notes);
        if (!wanted.empty()) {
            setChosenTiers(document->file(), wanted);
            video.original = xmlContent(document->file().document());
        }
        parsed->reset(); // several times the file, and not needed any more
        if (wanted.empty())
            video.original = file.content;
        std::vector<IntakeVideo> videos;
        videos.push_back(std::move(video));
        return videos;
    }

    Result<OutgoingFile> render(
        const OutgoingProject& project, const ExportOptions&, std::vector<std::string>& notes) const override
    {
        if (project.videos.size() != 1)
            return Error{ErrorCode::InvalidArgument, "an EAF file is about one video"};
        const OutgoingVideo& video = project.videos.front();
        return OutgoingFile{video.name + ".eaf", eafContent(project.scheme, video, notes)};
    }
};

} // namespace

std::unique_ptr<ExchangeFormat> makeEafFormat() { return std::make_unique<EafFormat>(); }

} // namespace telltale
