using Gradus.Data;
using Gradus.Formats;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>Some pictures, and below each what an autoencoder makes of it.</summary>
internal static class ReconstructionPicture
{
    private const int Most = 16;
    private const int Gap = 2;

    /// <summary>A PNG of the first pictures, if the model gives back pictures of one or three channels; else null.</summary>
    public static byte[]? Of(TrainedModel model, DataSplit split)
    {
        var data = new[] { split.Test, split.Validation, split.Train }.First(static part => part.Count > 0);
        if (!model.Reconstructs || data.InputShape is not [1 or 3, var height, var width]) return null;
        var channels = data.InputShape[0];
        var count = Math.Min(Most, data.Count);
        var (rows, outputs) = Evaluation.Predict(model.Network, data, count).First();
        float[][] pictures = [data.InputTensor(rows).ToArray<float>(), outputs.ToArray<float>()];

        // White between them.
        var lineWidth = (count * (width + Gap)) - Gap;
        var pixels = new byte[((2 * height) + Gap) * lineWidth * channels];
        pixels.AsSpan().Fill(byte.MaxValue);
        for (var line = 0; line < 2; line++)
        {
            for (var index = 0; index < pictures[line].Length; index++)
            {
                var (sample, channel, y, x) = (index / (channels * height * width), index / (height * width) % channels, index / width % height, index % width);
                var place = (((line * (height + Gap)) + y) * lineWidth) + (sample * (width + Gap)) + x;
                pixels[(place * channels) + channel] = (byte)Math.Round(255 * Math.Clamp(pictures[line][index], 0, 1));
            }
        }

        return PngFile.Bytes(pixels, lineWidth, channels);
    }
}
