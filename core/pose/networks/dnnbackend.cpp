// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pose/networks/networkbackend.h"
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// Settings of the whole process, which must not change while any thread computes: before main() none does.
/// Several networks side by side, one thread each, do more pictures a second than one network on all threads.
/// OpenCV's own log lines would stand beside our sentences.
const bool kSettled = [] {
    cv::setNumThreads(1);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    return true;
}();

cv::dnn::Net readNetwork(const fs::path& file)
{
    const std::string extension = file.extension().string();
    if (extension == ".pb")
        return cv::dnn::readNetFromTensorflow(file.string());
    if (extension == ".onnx")
        return cv::dnn::readNetFromONNX(file.string());
    return cv::dnn::readNetFromCaffe(fs::path(file).replace_extension(".prototxt").string(),
        fs::path(file).replace_extension(".caffemodel").string());
}

class DnnBackend final : public NetworkBackend {
public:
    explicit DnnBackend(const cv::dnn::Net& net) : m_net(net), m_names(net.getUnconnectedOutLayersNames()) { }

    Result<std::vector<RawOutput>> run(const NdArray& input) override
    {
        try {
            const std::vector<int> shape(input.shape.begin(), input.shape.end());
            // Only read: OpenCV has no read-only view.
            m_net.setInput(cv::Mat(static_cast<int>(shape.size()), shape.data(), CV_32F,
                const_cast<float*>(input.values.data())));
            std::vector<cv::Mat> results;
            m_net.forward(results, m_names);
            std::vector<RawOutput> outputs;
            outputs.reserve(results.size());
            for (size_t i = 0; i < results.size(); ++i)
                outputs.push_back(copied(m_names[i], results[i]));
            return outputs;
        } catch (const cv::Exception& e) {
            return Error{ErrorCode::Internal, firstLine(e.err)};
        } catch (const std::exception& e) {
            return Error{ErrorCode::Internal, firstLine(e.what())};
        }
    }

private:
    static RawOutput copied(const std::string& layer, const cv::Mat& result)
    {
        // OpenCV writes before the name of an ONNX node that it is one.
        constexpr std::string_view kPrefix = "onnx_node!";
        RawOutput output;
        output.name = layer.starts_with(kPrefix) ? layer.substr(kPrefix.size()) : layer;
        cv::Mat numbers;
        result.convertTo(numbers, CV_32F);
        output.array.shape.assign(numbers.size.p, numbers.size.p + numbers.dims);
        output.array.values.assign(numbers.ptr<float>(), numbers.ptr<float>() + numbers.total());
        return output;
    }

    cv::dnn::Net m_net;
    std::vector<cv::String> m_names;
};

} // namespace

Result<std::unique_ptr<NetworkBackend>> openDnnBackend(const fs::path& file)
{
    try {
        const cv::dnn::Net net = readNetwork(file);
        if (net.empty() || !kSettled)
            return Error{ErrorCode::BadFormat, "holds no network"};
        return std::unique_ptr<NetworkBackend>(std::make_unique<DnnBackend>(net));
    } catch (const cv::Exception& e) {
        return Error{ErrorCode::BadFormat, "OpenCV cannot load it as a network (" + firstLine(e.err) + ")"};
    } catch (const std::exception& e) {
        return Error{
            ErrorCode::BadFormat, "OpenCV cannot load it as a network (" + firstLine(e.what()) + ")"};
    }
}

} // namespace telltale
