using System.Buffers.Binary;
using System.Text;

namespace Gradus.Formats.Tests;

/// <summary>Files built byte by byte, as an attacker would.</summary>
internal static class HostileFile
{
    /// <summary>A safetensors file with this header and these data, whether they fit or not.</summary>
    public static byte[] Bytes(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }

    /// <summary>Reads a damaged copy again and again: each time it must be refused with the one right exception, or read.</summary>
    public static (int Refused, int Read) Damage(byte[] valid, int cases, int seed, Action<Stream> read)
    {
        var random = new Random(seed);
        int refused = 0, good = 0;
        for (var index = 0; index < cases; index++)
        {
            var bytes = (byte[])valid.Clone();
            // Mostly single bits; now and then a whole byte, several of them, or a cut.
            for (var flips = random.Next(4) == 0 ? random.Next(2, 6) : 1; flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(random.Next(3) == 0 ? random.Next(1, 256) : 1 << random.Next(8));
            }

            if (random.Next(10) == 0) bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                read(new MemoryStream(bytes));
                good++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Case {index}: {exception}\n{Convert.ToHexString(bytes)}");
            }
        }

        return (refused, good);
    }
}
