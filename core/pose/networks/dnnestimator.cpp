// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/estimator.h"
#include "pose/layout.h"
#include "pose/networks/modelcard.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;

constexpr const char* kKinds
    = "pose models are read as ONNX (.onnx), TensorFlow frozen graph (.pb) or Caffe (.caffemodel "
      "with its .prototxt beside it)";

Error bad(const fs::path& file, const std::string& what)
{
    return {ErrorCode::BadFormat, file.string() + ": " + what + "; " + kKinds};
}

/// OpenCV's own log lines would stand beside our sentence.
class QuietOpenCv {
public:
    QuietOpenCv() : m_level(cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT)) { }
    ~QuietOpenCv() { cv::utils::logging::setLogLevel(m_level); }
    QuietOpenCv(const QuietOpenCv&) = delete;
    QuietOpenCv& operator=(const QuietOpenCv&) = delete;

private:
    cv::utils::logging::LogLevel m_level;
};

/// Where the letterboxed picture lies in the network's input.
struct Fit {
    double scaleX = 1; ///< input pixels per picture pixel
    double scaleY = 1;
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
};

Fit fitOf(const PoseModelCard& card, int width, int height)
{
    if (!card.letterbox)
        return {static_cast<double>(card.inputWidth) / width, static_cast<double>(card.inputHeight) / height,
            0, 0, card.inputWidth, card.inputHeight};
    const double scale = std::min(
        static_cast<double>(card.inputWidth) / width, static_cast<double>(card.inputHeight) / height);
    Fit fit;
    fit.width = std::clamp(static_cast<int>(std::lround(width * scale)), 1, card.inputWidth);
    fit.height = std::clamp(static_cast<int>(std::lround(height * scale)), 1, card.inputHeight);
    fit.left = (card.inputWidth - fit.width) / 2;
    fit.top = (card.inputHeight - fit.height) / 2;
    fit.scaleX = static_cast<double>(fit.width) / width;
    fit.scaleY = static_cast<double>(fit.height) / height;
    return fit;
}

cv::Mat inputBlob(const PoseModelCard& card, const cv::Mat& bgra, const Fit& fit)
{
    cv::Mat small;
    const bool shrinks = fit.width < bgra.cols;
    cv::resize(
        bgra, small, cv::Size(fit.width, fit.height), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::Mat colour;
    cv::cvtColor(small, colour, cv::COLOR_BGRA2BGR);
    cv::Mat boxed;
    cv::copyMakeBorder(colour, boxed, fit.top, card.inputHeight - fit.top - fit.height, fit.left,
        card.inputWidth - fit.left - fit.width, cv::BORDER_CONSTANT);
    return cv::dnn::blobFromImage(
        boxed, card.scale, cv::Size(), cv::Scalar::all(card.mean), card.rgb, false, CV_32F);
}

struct Peak {
    double x = 0;
    double y = 0;
    double score = 0;
};

/// Vertex of the parabola through three neighbours, in (-0.5, 0.5).
double vertex(float before, float at, float after)
{
    const double curve = static_cast<double>(before) - 2.0 * at + after;
    return curve < -1e-9 ? std::clamp(0.5 * (before - after) / curve, -0.5, 0.5) : 0.0;
}

/// Highest value of one map, refined below the pixel.
Peak peakOf(const cv::Mat& map)
{
    double highest = 0;
    cv::Point at;
    cv::minMaxLoc(map, nullptr, &highest, nullptr, &at);
    Peak peak{static_cast<double>(at.x), static_cast<double>(at.y), highest};
    if (at.x > 0 && at.x + 1 < map.cols)
        peak.x += vertex(map.at<float>(at.y, at.x - 1), map.at<float>(at), map.at<float>(at.y, at.x + 1));
    if (at.y > 0 && at.y + 1 < map.rows)
        peak.y += vertex(map.at<float>(at.y - 1, at.x), map.at<float>(at), map.at<float>(at.y + 1, at.x));
    return peak;
}

/// Points of which a person shows at least one: nose, shoulders, head, neck of our layout.
std::vector<int> anchorsOf(const PoseLayout& layout)
{
    std::vector<int> anchors;
    for (const int target : {0, 5, 6, 17, 18})
        anchors.insert(anchors.end(), layout.sources68[target].begin(), layout.sources68[target].end());
    return anchors;
}

class DnnEstimator final : public PoseEstimator {
public:
    DnnEstimator(fs::path file, const cv::dnn::Net& net, PoseModelCard card, const PoseLayout& layout)
        : m_file(std::move(file))
        , m_net(net)
        , m_card(std::move(card))
        , m_points(static_cast<int>(layout.points.size()))
        , m_anchors(anchorsOf(layout))
    {
    }
    const PoseModelCard& card() const override { return m_card; }

    Result<std::vector<PosePoint>> estimate(std::span<const uint8_t> bgra, int width, int height) override
    {
        if (width < 1 || height < 1 || bgra.size() < static_cast<size_t>(width) * height * 4)
            return Error{ErrorCode::InvalidArgument, "the picture for the pose model has no pixels"};
        try {
            // The blob only reads: OpenCV has no read-only view.
            const cv::Mat picture(height, width, CV_8UC4, const_cast<uint8_t*>(bgra.data()));
            const Fit fit = fitOf(m_card, width, height);
            m_net.setInput(inputBlob(m_card, picture, fit));
            return decode(m_net.forward(), fit, width, height);
        } catch (const cv::Exception& e) {
            return Error{ErrorCode::Internal, m_file.string() + ": the network failed (" + e.err + ")"};
        }
    }

private:
    std::vector<PosePoint> decode(const cv::Mat& output, const Fit& fit, int width, int height) const
    {
        const int rows = output.size[2];
        const int columns = output.size[3];
        const double stepX = static_cast<double>(m_card.inputWidth) / columns;
        const double stepY = static_cast<double>(m_card.inputHeight) / rows;
        std::vector<PosePoint> points(static_cast<size_t>(m_points));
        for (int i = 0; i < m_points; ++i) {
            const cv::Mat map(rows, columns, CV_32F, const_cast<float*>(output.ptr<float>(0, i)));
            const Peak peak = peakOf(map);
            if (!(peak.score > 0) || peak.score < m_card.minScore)
                continue;
            const double x = ((peak.x + 0.5) * stepX - fit.left) / fit.scaleX;
            const double y = ((peak.y + 0.5) * stepY - fit.top) / fit.scaleY;
            if (x < 0 || y < 0 || x > width || y > height) // a peak in the padding is none
                continue;
            points[i] = {
                static_cast<float>(x), static_cast<float>(y), static_cast<float>(std::min(peak.score, 1.0))};
        }
        // Hands and furniture look like legs to a body model; without a head or shoulders there is no body.
        const bool body
            = std::any_of(m_anchors.begin(), m_anchors.end(), [&](int i) { return points[i].score > 0; });
        return body ? points : std::vector<PosePoint>(points.size());
    }

    fs::path m_file;
    cv::dnn::Net m_net;
    PoseModelCard m_card;
    int m_points;
    std::vector<int> m_anchors;
};

Result<cv::dnn::Net> readNetwork(const fs::path& file)
{
    const std::string extension = file.extension().string();
    try {
        const QuietOpenCv quiet;
        cv::dnn::Net net;
        if (extension == ".pb")
            net = cv::dnn::readNetFromTensorflow(file.string());
        else if (extension == ".onnx")
            net = cv::dnn::readNetFromONNX(file.string());
        else if (extension == ".caffemodel" || extension == ".prototxt")
            net = cv::dnn::readNetFromCaffe(fs::path(file).replace_extension(".prototxt").string(),
                fs::path(file).replace_extension(".caffemodel").string());
        else if (extension == ".pth" || extension == ".pt")
            return bad(file, "is a PyTorch file, which holds weights without a network that OpenCV can run");
        else
            return bad(file, "is not a pose model by its name");
        if (net.empty())
            return bad(file, "holds no network");
        return net;
    } catch (const cv::Exception& e) {
        return bad(file, "OpenCV cannot load it as a network (" + e.err + ")");
    } catch (const std::exception& e) {
        return bad(file, std::string("OpenCV cannot load it as a network (") + e.what() + ")");
    }
}

std::string shapeText(const cv::Mat& output)
{
    std::string text;
    for (int i = 0; i < output.dims; ++i)
        text += (i ? " x " : "") + std::to_string(output.size[i]);
    return text;
}

struct Trial {
    bool fits = false;
    std::string output; ///< shape, or why the network did not run
};

/// Runs the network once on an empty picture of the card's size and looks at what comes out.
Trial tryCard(cv::dnn::Net& net, const PoseModelCard& card, int points)
{
    try {
        const QuietOpenCv quiet;
        const std::array<int, 4> shape = {1, 3, card.inputHeight, card.inputWidth};
        net.setInput(cv::Mat(4, shape.data(), CV_32F, cv::Scalar(0)));
        const cv::Mat output = net.forward();
        const int channels = output.dims == 4 ? output.size[1] : 0;
        const bool maps
            = output.dims == 4 && output.type() == CV_32F && output.size[2] >= 4 && output.size[3] >= 4;
        const int background = points + 1;
        const bool fits = maps
            && (card.decoder == "heatmap_paf" ? channels > background && (channels - background) % 2 == 0
                                              : channels == points || channels == background);
        return {fits, "its output is " + shapeText(output)};
    } catch (const cv::Exception& e) {
        return {false,
            "it does not run on " + std::to_string(card.inputWidth) + " x " + std::to_string(card.inputHeight)
                + " pixels (" + e.err + ")"};
    }
}

} // namespace

Result<std::unique_ptr<PoseEstimator>> openPoseModel(const fs::path& file)
{
    std::error_code ec;
    if (!fs::exists(file, ec))
        return Error{ErrorCode::NotFound, file.string() + ": there is no such pose model"};
    if (!fs::is_regular_file(file, ec))
        return bad(file, "is not a file");
    const auto cards = poseModelCards(file);
    if (!cards)
        return cards.error();
    std::string outputs;
    for (const PoseModelCard& card : *cards) {
        const auto layout = findPoseLayout(card.layout);
        if (!layout)
            return bad(file, "its card: " + layout.error().message);
        // Read anew for each card: a network that threw is in no defined state.
        auto net = readNetwork(file);
        if (!net)
            return net.error();
        if (cv::getNumThreads() < 2)
            cv::setNumThreads(2);
        const auto points = static_cast<int>((*layout)->points.size());
        const Trial trial = tryCard(*net, card, points);
        if (trial.fits)
            return std::unique_ptr<PoseEstimator>(std::make_unique<DnnEstimator>(file, *net, card, **layout));
        outputs += (outputs.empty() ? "" : "; as " + card.name + " ") + trial.output;
    }
    return bad(file,
        "is not a pose network of a known kind: " + outputs
            + "; wanted are 1 x points x height x width heatmaps of a layout that its card ("
            + file.filename().string() + ".card.json) names, or of 14 or 18 body points");
}

} // namespace telltale
