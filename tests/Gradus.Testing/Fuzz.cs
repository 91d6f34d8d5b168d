using System.Diagnostics;
using System.Globalization;

namespace Gradus.Testing;

/// <summary>
/// Damages good files and texts in the ways that find faults, the same ones each time: a reader must refuse each with the right exception, or read it.
/// </summary>
/// <remarks>GRADUS_FUZZ_SECONDS in the environment goes on with other seeds for so long; by hand only.</remarks>
internal static class Fuzz
{
    private const long MostBytes = 1L << 26;
    private const int MostBytesForEach = 4;

    /// <summary>Reads damaged copies.</summary>
    /// <param name="good">What is damaged.</param>
    /// <param name="words">What is put in: what has a meaning in the format.</param>
    /// <param name="cases">How many copies.</param>
    /// <param name="read">Reads one; false where it was refused as it should be.</param>
    /// <returns>How many were refused, and how many read.</returns>
    /// <exception cref="InvalidOperationException">
    /// Another exception came, or more than 64 MB and four times the input was allocated; it shows the input.
    /// </exception>
    public static (int Refused, int Read) Run(IReadOnlyList<byte[]> good, IReadOnlyList<byte[]> words, int cases, Func<byte[], bool> read)
    {
        var watch = Stopwatch.StartNew();
        var seconds = double.TryParse(Environment.GetEnvironmentVariable("GRADUS_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var given) ? given : 0;
        int refused = 0, accepted = 0;
        for (var index = 0; index < cases || watch.Elapsed.TotalSeconds < seconds; index++)
        {
            var input = Damage(good, words, new Random(index));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (read(input)) accepted++;
                else refused++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"case {index}: {Convert.ToHexString(input.AsSpan(0, Math.Min(4000, input.Length)))}", exception);
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > MostBytes + (MostBytesForEach * (long)input.Length))
            {
                throw new InvalidOperationException($"case {index} of {input.Length} bytes took {allocated}: " +
                    $"{Convert.ToHexString(input.AsSpan(0, Math.Min(4000, input.Length)))}");
            }
        }

        if (seconds > 0) Console.WriteLine($"{refused} refused, {accepted} read in {watch.Elapsed.TotalSeconds:0} s");
        return (refused, accepted);
    }

    private static byte[] Damage(IReadOnlyList<byte[]> good, IReadOnlyList<byte[]> words, Random random)
    {
        var bytes = good[random.Next(good.Count)].ToList();
        for (var times = random.Next(1, 6); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(bytes.Count - at, random.Next(1, 1 << random.Next(1, 8)));
            switch (random.Next(8))
            {
                case 0 or 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 5:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    var word = words[random.Next(words.Count)];
                    if (random.Next(2) == 0) bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
                    bytes.InsertRange(at, word);
                    break;
            }
        }

        return [.. bytes];
    }
}
