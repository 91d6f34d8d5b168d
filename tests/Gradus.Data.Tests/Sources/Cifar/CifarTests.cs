using Gradus.Testing;

namespace Gradus.Data.Tests;

public sealed class CifarTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_six_files_of_cifar_10_are_its_split()
    {
        // given: the label of each picture is also its first pixel
        for (var number = 1; number <= 5; number++) _folder.Write($"data_batch_{number}.bin", Records(1, (byte)number, (byte)(number + 1)));
        _folder.Write("test_batch.bin.gz", TempFolder.Zip(Records(1, 9)));

        // when
        var split = Cifar.Load(_folder.Path, new() { ValidationShare = 0.2 });

        // then
        Assert.Equal((8, 2, 1), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal("cifar10: 8 samples [3, 32, 32], 10 classes", split.Train.ToString());
        Assert.Equal(("airplane", "truck"), (split.Test.ClassNames![0], split.Test.ClassNames[9]));
        Assert.Equal([1, 2, 2, 3, 3, 4, 4, 5, 5, 6], split.Train.Labels!.Concat(split.Validation.Labels!).Order());
        for (var row = 0; row < 8; row++)
        {
            var picture = split.Train.Read([row]).Input.Flatten();
            Assert.Equal(split.Train.Labels![row] / 255f, picture[0].Item<float>());
            Assert.Equal(7 / 255f, picture[3071].Item<float>());
        }
    }

    [Fact]
    public void Cifar_100_has_the_finer_of_its_two_labels()
    {
        // given
        _folder.Write("train.bin", Records(2, 99, 0));
        _folder.Write("test.bin", Records(2, 47));

        // when
        var split = Cifar.Load(_folder.Path, new() { Variant = CifarVariant.Hundred, ValidationShare = 0 });

        // then
        Assert.Equal(100, split.Train.ClassNames!.Distinct().Count());
        Assert.Equal(["apple", "worm"], split.Train.Labels!.Order().Select(label => split.Train.ClassNames![label]));
        Assert.Equal("maple_tree", split.Test.ClassNames![split.Test.Labels![0]]);
    }

    [Fact]
    public void What_is_missing_or_does_not_fit_is_named()
    {
        // given
        var missing = Path.Combine(_folder.Path, "none");
        Assert.Contains("no such folder. Expected one with data_batch_1.bin", Assert.Throws<DirectoryNotFoundException>(() => Cifar.Load(missing)).Message);
        Assert.Contains("no file test_batch.bin or test_batch.bin.gz", Assert.Throws<FileNotFoundException>(() => Cifar.Load(_folder.Path)).Message);
        var test = _folder.Write("test_batch.bin", Records(1, 10));

        // then
        Assert.Equal($"{test}: label 0 (at byte 0) is 10, expected 0 to 9.", Assert.Throws<InvalidDataException>(() => Cifar.Load(_folder.Path)).Message);
        _folder.Write("test_batch.bin", new byte[3072]);
        Assert.Contains("got 3072 bytes, expected a multiple of 3073", Assert.Throws<InvalidDataException>(() => Cifar.Load(_folder.Path)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Cifar.Load(_folder.Path, new() { ValidationShare = 1 }));
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_with_its_name()
    {
        // given
        _folder.Write("train.bin", Records(2, 1, 2));
        var path = Path.Combine(_folder.Path, "test.bin");
        byte[][] words = [[255], [0x1F, 0x8B], new byte[3074]];

        // when
        var (refused, read) = Fuzz.Run([Records(2, 3, 4), TempFolder.Zip(Records(2, 5))], words, 1000, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            try
            {
                return Cifar.Load(_folder.Path, new() { Variant = CifarVariant.Hundred }).Test.Count > 0;
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith(path, exception.Message);
                return false;
            }
        });

        // then
        Assert.True(refused > 300 && read > 10, $"{refused} refused, {read} read");
    }

    private static byte[] Records(int labels, params byte[] numbers) => [.. numbers.SelectMany(number =>
        Enumerable.Repeat(number, 1).Prepend((byte)0).TakeLast(labels).Append(number).Concat(Enumerable.Repeat((byte)7, 3071)))];
}
