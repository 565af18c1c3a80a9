// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// A network of 3-D convolutions in OpenCV's own inference, from a file that `telltale-cli bench poseconv`
// writes: a line with the number of layers and the size of the volume (channels, frames, height, width); for
// each layer a line with inputs, outputs, kernel (3), stride (3), the layer it reads (-1: the volume), the
// layer that is added
// (-2: none), 1 for a rectifier, 1 for pooling 3 x 3 behind it; then float32 weights and biases of each layer
// and the volume. "frame" runs the network; the features are left beside the file.
#include "peer.h"
#include <fstream>
#include <stdexcept>
#if __has_include(<opencv2/dnn.hpp>)
#include <opencv2/dnn.hpp>
#define TELLTALE_HAS_DNN
#endif

namespace telltale::peer {

#ifdef TELLTALE_HAS_DNN

namespace {

cv::dnn::DictValue three(const int* values) { return cv::dnn::DictValue::arrayInt(values, 3); }

class DnnPeer final : public Peer {
public:
    int64_t open(const std::string& file) override
    {
        cv::setNumThreads(1);
        m_file = file;
        m_net = cv::dnn::Net();
        std::ifstream in(file, std::ios::binary);
        int count = 0;
        std::vector<int> volume(5, 1);
        in >> count >> volume[1] >> volume[2] >> volume[3] >> volume[4];
        std::vector<Layer> layers(static_cast<size_t>(count));
        for (Layer& layer : layers) {
            in >> layer.inputs >> layer.outputs;
            for (int* three : {layer.kernel, layer.stride})
                in >> three[0] >> three[1] >> three[2];
            in >> layer.from >> layer.add >> layer.relu >> layer.pool;
        }
        in.get();
        std::vector<int> outputs;
        outputs.reserve(layers.size());
        for (size_t i = 0; i < layers.size(); ++i)
            outputs.push_back(append(layers[i], in, outputs, "layer" + std::to_string(i)));
        m_volume.create(5, volume.data(), CV_32F);
        in.read(reinterpret_cast<char*>(m_volume.data), static_cast<std::streamsize>(m_volume.total() * 4));
        if (!in)
            throw std::runtime_error("the network's file ends too early");
        m_net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        return 0;
    }

    void frame(int64_t) override
    {
        m_net.setInput(m_volume);
        const cv::Mat map = m_net.forward();
        const int channels = map.size[1];
        const auto each = map.total() / static_cast<size_t>(channels);
        std::ofstream out(m_file + ".features", std::ios::binary);
        for (int c = 0; c < channels; ++c) {
            const auto* values = map.ptr<float>() + static_cast<size_t>(c) * each;
            double sum = 0;
            for (size_t i = 0; i < each; ++i)
                sum += values[i];
            const auto mean = static_cast<float>(sum / static_cast<double>(each));
            out.write(reinterpret_cast<const char*>(&mean), sizeof mean);
        }
    }

private:
    struct Layer {
        int inputs, outputs, kernel[3], stride[3], from, add, relu, pool;
    };

    static cv::Mat read(std::istream& in, std::vector<int> shape)
    {
        cv::Mat values(static_cast<int>(shape.size()), shape.data(), CV_32F);
        in.read(reinterpret_cast<char*>(values.data), static_cast<std::streamsize>(values.total() * 4));
        return values;
    }

    /// The number of OpenCV's last layer for it.
    int append(const Layer& layer, std::istream& in, const std::vector<int>& outputs, const std::string& name)
    {
        const auto place = [&](int of) { return of < 0 ? 0 : outputs[static_cast<size_t>(of)]; };
        cv::dnn::LayerParams convolution;
        const int padding[]{layer.kernel[0] / 2, layer.kernel[1] / 2, layer.kernel[2] / 2};
        convolution.set("kernel_size", three(layer.kernel));
        convolution.set("stride", three(layer.stride));
        convolution.set("pad", three(padding));
        convolution.set("num_output", layer.outputs);
        convolution.set("bias_term", true);
        convolution.blobs
            = {read(in, {layer.outputs, layer.inputs, layer.kernel[0], layer.kernel[1], layer.kernel[2]}),
                read(in, {layer.outputs})};
        int last = m_net.addLayer(name, "Convolution", convolution);
        m_net.connect(place(layer.from), 0, last, 0);
        if (layer.add >= -1) {
            cv::dnn::LayerParams sum;
            sum.set("operation", "sum");
            const int added = m_net.addLayer(name + "_add", "Eltwise", sum);
            m_net.connect(last, 0, added, 0);
            m_net.connect(place(layer.add), 0, added, 1);
            last = added;
        }
        if (layer.relu)
            last = behind(last, name + "_relu", "ReLU", {});
        if (layer.pool) {
            const int window[]{1, 3, 3};
            const int step[]{1, 1, 1};
            const int border[]{0, 1, 1};
            cv::dnn::LayerParams pool;
            pool.set("pool", "max");
            pool.set("kernel_size", three(window));
            pool.set("stride", three(step));
            pool.set("pad", three(border));
            last = behind(last, name + "_pool", "Pooling", pool);
        }
        return last;
    }

    int behind(int last, const std::string& name, const std::string& type, cv::dnn::LayerParams parameters)
    {
        const int added = m_net.addLayer(name, type, parameters);
        m_net.connect(last, 0, added, 0);
        return added;
    }

    std::string m_file;
    cv::dnn::Net m_net;
    cv::Mat m_volume;
};

} // namespace

std::unique_ptr<Peer> makeOpenCvDnn() { return std::make_unique<DnnPeer>(); }

#else

std::unique_ptr<Peer> makeOpenCvDnn() { return nullptr; }

#endif

} // namespace telltale::peer
