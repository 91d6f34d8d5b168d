using Gradus.Data;
using Gradus.Formats;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>What <c>gradus train --tensorboard</c> writes.</summary>
internal static class TrainingBoard
{
    private const int MostPictures = 8;

    /// <param name="directory">The folder of the run.</param>
    /// <param name="model">What is trained.</param>
    /// <param name="data">The samples as the network takes them.</param>
    /// <param name="loaded">The samples as they were read.</param>
    public static RunBoard Of(string directory, TrainedModel model, DataSplit data, LoadedData loaded) => new(directory)
    {
        Network = model.Network,
        Graph = () => ModuleGraph.Of(model.Network, data.Train.InputTensor([0])),
        Pictures = [.. PicturesOf(loaded.Split.Train)],
    };

    private static IEnumerable<byte[]> PicturesOf(Dataset data)
    {
        if (data.InputShape is not [1 or 3, var height, var width]) yield break;
        for (var sample = 0; sample < Math.Min(MostPictures, data.Count); sample++)
        {
            var values = data.InputTensor([sample]).ToArray<float>();
            var (channels, pixels) = (data.InputShape[0], new byte[values.Length]);
            for (var index = 0; index < values.Length; index++)
            {
                var (channel, place) = (index / (height * width), index % (height * width));
                pixels[(place * channels) + channel] = (byte)Math.Round(255 * Math.Clamp(values[index], 0, 1));
            }

            yield return PngFile.Bytes(pixels, width, channels);
        }
    }
}
