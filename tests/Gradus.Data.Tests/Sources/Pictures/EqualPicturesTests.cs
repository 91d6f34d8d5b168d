namespace Gradus.Data.Tests;

public sealed class EqualPicturesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_pictures_are_the_same_bits_whatever_they_came_through()
    {
        // given: twelve pictures of two classes, as PNG, as BMP, as CIFAR and as arrays of bytes
        byte[][] pictures = [.. Enumerable.Range(0, 12).Select(static number =>
            TestPictures.Pixels(32, 32).Select(value => (byte)(value + (number * 17))).ToArray())];
        foreach (var (pixels, number) in pictures.Select(static (pixels, number) => (pixels, number)))
        {
            Write($"png/{number % 2}/{number:00}.png", TestPictures.Png(32, 32, pixels));
            Write($"bmp/{number % 2}/{number:00}.bmp", TestPictures.Bmp(32, 32, 24, (x, y) => Value(pixels, x, y)));
        }

        // in the order of the folders
        var order = Enumerable.Range(0, 12).OrderBy(static number => number % 2).ToArray();
        for (var batch = 1; batch <= 5; batch++) Write($"cifar/data_batch_{batch}.bin", Record(0));
        Write("cifar/test_batch.bin", [.. order.SelectMany(Record)]);
        Write("x.npy", [0x93, .. "NUMPY"u8, 1, 0, 70, 0, .. System.Text.Encoding.ASCII.GetBytes(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (12, 32, 32, 3)}".PadRight(69)), (byte)'\n', .. order.SelectMany(number => pictures[number])]);

        // when
        var rows = Enumerable.Range(0, 12).ToArray();
        var png = PictureFolder.Open(Path.Combine(_folder.Path, "png")).ToDataset();
        var others = new[]
        {
            PictureFolder.Open(Path.Combine(_folder.Path, "bmp")).ToDataset(), Cifar.Load(Path.Combine(_folder.Path, "cifar")).Test,
            ArrayFile.Load(Path.Combine(_folder.Path, "x.npy"), targets: null),
        };

        // then
        var expected = png.Read(rows).Input.ToArray<float>();
        Assert.All(others, data => Assert.Equal(expected, data.Read(rows).Input.ToArray<float>()));
        Assert.All(others[..2], data => Assert.Equal(png.Labels!, data.Labels!));
        Assert.Equal(expected, PictureFolder.Open(Path.Combine(_folder.Path, "png")).ToBatches().Read(rows, 0).Input.ToArray<float>());

        byte[] Record(int number) =>
            [(byte)(number % 2), .. Enumerable.Range(0, 3).SelectMany(channel => pictures[number].Where((_, at) => at % 3 == channel))];
    }

    private static uint Value(byte[] pixels, int x, int y)
    {
        var at = 3 * ((y * 32) + x);
        return ((uint)pixels[at] << 16) | ((uint)pixels[at + 1] << 8) | pixels[at + 2];
    }

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, name))!);
        _folder.Write(name, content);
    }
}
