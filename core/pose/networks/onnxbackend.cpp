// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
// Built where CMake finds ONNX Runtime.
#include "pose/networks/networkbackend.h"
#ifdef TELLTALE_ONNXRUNTIME
#include <onnxruntime_cxx_api.h>
#include <type_traits>
#endif

namespace telltale {

#ifdef TELLTALE_ONNXRUNTIME

namespace {

/// One for the process; the library wants it alive as long as any session.
Ort::Env& environment()
{
    static Ort::Env env(ORT_LOGGING_LEVEL_FATAL, "telltale");
    return env;
}

Ort::SessionOptions sessionOptions()
{
    Ort::SessionOptions options;
    options.SetIntraOpNumThreads(1);
    options.SetInterOpNumThreads(1);
    options.SetGraphOptimizationLevel(ORT_ENABLE_ALL);
    return options;
}

class OnnxBackend final : public NetworkBackend {
public:
    explicit OnnxBackend(const std::filesystem::path& file)
        : m_session(environment(), file.c_str(), sessionOptions())
    {
        Ort::AllocatorWithDefaultOptions allocator;
        m_input = m_session.GetInputNameAllocated(0, allocator).get();
        m_type = m_session.GetInputTypeInfo(0).GetTensorTypeAndShapeInfo().GetElementType();
        for (size_t i = 0; i < m_session.GetOutputCount(); ++i)
            m_outputs.emplace_back(m_session.GetOutputNameAllocated(i, allocator).get());
    }

    Result<std::vector<RawOutput>> run(const NdArray& input) override
    {
        try {
            const Ort::Value tensor = tensorOf(input);
            const char* const inputName = m_input.c_str();
            std::vector<const char*> names;
            names.reserve(m_outputs.size());
            for (const std::string& name : m_outputs)
                names.push_back(name.c_str());
            auto values
                = m_session.Run(Ort::RunOptions{nullptr}, &inputName, &tensor, 1, names.data(), names.size());
            std::vector<RawOutput> outputs;
            outputs.reserve(values.size());
            for (size_t i = 0; i < values.size(); ++i) {
                const auto info = values[i].GetTensorTypeAndShapeInfo();
                if (info.GetElementType() != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT)
                    return Error{ErrorCode::Internal, "the output " + m_outputs[i] + " is no float32"};
                RawOutput output;
                output.name = m_outputs[i];
                output.array.shape = info.GetShape();
                const auto* numbers = values[i].GetTensorData<float>();
                output.array.values.assign(numbers, numbers + info.GetElementCount());
                outputs.push_back(std::move(output));
            }
            return outputs;
        } catch (const std::exception& e) {
            return Error{ErrorCode::Internal, firstLine(e.what())};
        }
    }

private:
    /// Some networks (MoveNet) take whole numbers. Only read: the library has no read-only tensors.
    Ort::Value tensorOf(const NdArray& input)
    {
        const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
        const auto tensor = [&](const auto* values) {
            using Number = std::remove_const_t<std::remove_pointer_t<decltype(values)>>;
            return Ort::Value::CreateTensor<Number>(memory, const_cast<Number*>(values), input.values.size(),
                input.shape.data(), input.shape.size());
        };
        if (m_type == ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32) {
            m_whole.assign(input.values.begin(), input.values.end());
            return tensor(m_whole.data());
        }
        if (m_type == ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8) {
            m_bytes.assign(input.values.begin(), input.values.end());
            return tensor(m_bytes.data());
        }
        return tensor(input.values.data());
    }

    Ort::Session m_session;
    std::string m_input;
    ONNXTensorElementDataType m_type = ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT;
    std::vector<int32_t> m_whole; ///< of the picture that runs
    std::vector<uint8_t> m_bytes;
    std::vector<std::string> m_outputs;
};

} // namespace

bool hasOnnxBackend() { return true; }

Result<std::unique_ptr<NetworkBackend>> openOnnxBackend(const std::filesystem::path& file)
{
    try {
        return std::unique_ptr<NetworkBackend>(std::make_unique<OnnxBackend>(file));
    } catch (const std::exception& e) {
        return Error{
            ErrorCode::BadFormat, "ONNX Runtime cannot load it as a network (" + firstLine(e.what()) + ")"};
    }
}

#else

bool hasOnnxBackend() { return false; }

Result<std::unique_ptr<NetworkBackend>> openOnnxBackend(const std::filesystem::path& file)
{
    (void)file;
    return Error{ErrorCode::Unsupported,
        "this build has no ONNX Runtime, use the backend opencv or build it where libonnxruntime-dev is "
        "installed"};
}

#endif

} // namespace telltale
