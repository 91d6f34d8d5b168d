using System.Buffers.Binary;

namespace Gradus.Data.Tests;

public class MnistTests
{
    private static byte[] Images(int count, int side = 28)
    {
        var file = new byte[16 + count * side * side];
        BinaryPrimitives.WriteInt32BigEndian(file, 0x0803);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(8), side);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(12), side);
        for (var i = 0; i < count; i++) file[16 + i * side * side] = (byte)i;
        return file;
    }

    private static byte[] Labels(params byte[] labels)
    {
        byte[] file = [0, 0, 8, 1, 0, 0, 0, 0, .. labels];
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), labels.Length);
        return file;
    }

    private static void WriteSet(TempFolder folder)
    {
        folder.Write("train-images-idx3-ubyte", Images(10));
        folder.Write("train-labels-idx1-ubyte.gz", TempFolder.Zip(Labels(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
        folder.Write("t10k-images.idx3-ubyte", Images(2));
        folder.Write("t10k-labels-idx1-ubyte", Labels(3, 4));
    }

    [Fact]
    public void Pictures_for_validation_are_held_out_by_the_seed_and_keep_their_labels()
    {
        using var folder = new TempFolder();
        WriteSet(folder);

        var split = Mnist.Load(folder.Path, new() { ValidationCount = 3, Seed = 5, Variant = MnistVariant.Fashion });

        Assert.Equal((7, 3, 2), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(Enumerable.Range(0, 10), split.Train.Labels!.Concat(split.Validation.Labels!).Order());
        Assert.Equal([1, 28, 28], split.Train.InputShape);
        Assert.Equal("Ankle boot", split.Train.ClassNames![9]);
        var picture = new float[784];
        split.Validation.Inputs.CopyRows([1], picture);
        Assert.Equal(split.Validation.Labels![1] / 255f, picture[0]);
    }

    [Fact]
    public void A_missing_folder_or_file_is_named_with_what_was_looked_for()
    {
        using var folder = new TempFolder();
        var missing = Path.Combine(folder.Path, "none");

        Assert.Contains("no such folder", Assert.Throws<DirectoryNotFoundException>(() => Mnist.Load(missing)).Message);
        var error = Assert.Throws<FileNotFoundException>(() => Mnist.Load(folder.Path));
        Assert.Contains("t10k-images-idx3-ubyte.gz", error.Message);
    }

    [Fact]
    public void Files_that_disagree_are_refused()
    {
        using var folder = new TempFolder();
        WriteSet(folder);

        folder.Write("t10k-labels-idx1-ubyte", Labels(3, 4, 5));
        Assert.Contains("holds 2 pictures", Assert.Throws<InvalidDataException>(() => Mnist.Load(folder.Path)).Message);
        folder.Write("t10k-labels-idx1-ubyte", Labels(3, 10));
        Assert.Contains("label 1 (at byte 9) is 10, expected 0 to 9", Assert.Throws<InvalidDataException>(() => Mnist.Load(folder.Path)).Message);
        folder.Write("t10k-labels-idx1-ubyte", Labels(3, 4));
        folder.Write("t10k-images.idx3-ubyte", Images(2, side: 27));
        Assert.Contains("got sizes [2, 27, 27]", Assert.Throws<InvalidDataException>(() => Mnist.Load(folder.Path)).Message);
        folder.Write("t10k-images.idx3-ubyte", Images(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mnist.Load(folder.Path, new() { ValidationCount = 10 }));
    }

    [Fact]
    public void The_real_set_has_its_known_sizes_and_statistics()
    {
        var path = SharedData.Find("mnist");

        var split = Mnist.Load(path);

        Assert.Equal((55_000, 5000, 10_000), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal([7, 2, 1, 0, 4], split.Test.Labels![..5]);
        Assert.Equal(0.1325, split.Test.Inputs.Measure().Mean, 4);
        Assert.Equal(0.3105, split.Test.Inputs.Measure().Deviation, 4);
    }
}
