using System.Security.Cryptography;
using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What a test of your own may hold a training to.</summary>
public static class GradusAssert
{
    private static readonly int[] UsualThreads = [1, 2, 3];

    /// <summary>The SHA-256 of a network's weights and buffers, with their names, types and shapes: equal for equal bits alone.</summary>
    /// <param name="network">The network.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Sha(Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var bytes = new MemoryStream();
        SafeTensorsFile.Write(bytes, network.State());
        bytes.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>Trains on several numbers of threads, and requires that the weights have the same bits each time, those that they have always had.</summary>
    /// <remarks>
    /// <code>
    /// [Fact]
    /// public void The_training_gives_the_weights_that_it_always_gave() => GradusAssert.SameBits("5e884898…", () => MyTraining.Run(seed: 1));
    /// </code>
    /// To begin with, give an empty text: the error tells the SHA-256 to write down. <see cref="Compute.Threads"/> is what it was afterwards; no other test
    /// should train meanwhile.
    /// </remarks>
    /// <param name="sha">The SHA-256 of the weights, as <see cref="Sha"/> gives it.</param>
    /// <param name="run">Trains from the beginning, and gives the network.</param>
    /// <param name="threads">The numbers of threads. Default: 1, 2 and 3.</param>
    /// <exception cref="GradusException">The weights are others. The message tells on how many threads, and both SHA-256.</exception>
    public static void SameBits(string sha, Func<Module> run, params ReadOnlySpan<int> threads)
    {
        ArgumentNullException.ThrowIfNull(sha);
        ArgumentNullException.ThrowIfNull(run);
        var before = Compute.Threads;
        try
        {
            foreach (var count in threads.IsEmpty ? UsualThreads : threads)
            {
                Compute.Threads = count;
                var found = Sha(run());
                if (string.Equals(found, sha, StringComparison.OrdinalIgnoreCase)) continue;
                throw new GradusException(FormattableString.Invariant($"same bits: on {count} {(count == 1 ? "thread" : "threads")} the weights' SHA-256 is ") +
                    $"{found}; expected {(sha.Length == 0 ? "none yet: write this one down." : $"{sha}.")}");
            }
        }
        finally
        {
            Compute.Threads = before;
        }
    }
}
