namespace Gradus.Data.Tests;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static readonly PictureOptions Small = new() { Size = new PictureSize(4, 6) };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_a_class_and_their_names_in_ordinal_order_are_the_labels()
    {
        // given
        Write("b/2.png", 1);
        Write("b/10.png", 2);
        Write("B/x.PNG", 3);
        Write("a/deep/y.bmp", 4);
        Write("a/notes.txt", 5);
        Write(".hidden/z.png", 6);
        Write("a/.z.png", 7);

        // when
        var folder = PictureFolder.Open(_folder.Path, Small);

        // then
        Assert.Equal(["B", "a", "b"], folder.ClassNames);
        Assert.Equal(["B/x.PNG", "a/deep/y.bmp", "b/10.png", "b/2.png"], folder.Files);
        Assert.Equal([0, 1, 2, 2], Enumerable.Range(0, 4).Select(row => folder.Read(row).Label));
        Assert.Equal([3 / 255f, 4 / 255f, 2 / 255f, 1 / 255f], Enumerable.Range(0, 4).Select(row => folder.Read(row).Pixels[0]));
        Assert.EndsWith(": 4 pictures [3, 4, 6], 3 classes", folder.ToString());
    }

    [Fact]
    public void A_file_of_labels_says_which_pictures_there_are_and_their_classes()
    {
        // given
        Write("x/1.png", 1);
        Write("2.png", 2);
        Write("not mentioned.png", 3);
        _folder.Write("labels.csv", "id,label,file\n7,dog,x/1.png\n8,\"cat, small\",2.png\n9,dog,2.png\n");

        // when
        var folder = PictureFolder.Open(_folder.Path, Small);

        // then
        Assert.Equal(["cat, small", "dog"], folder.ClassNames);
        Assert.Equal([("x/1.png", 1), ("2.png", 0), ("2.png", 1)], folder.Files.Select((file, row) => (file, folder.Read(row).Label)));
    }

    [Theory]
    [InlineData("file,label\nmissing.png,a\n", "line 2: got the file 'missing.png', which is not in the folder")]
    [InlineData("file,label\n../up.png,a\n", "line 2: got the file '../up.png', expected a path inside the folder")]
    [InlineData("file,label\n/etc/passwd,a\n", "expected a path inside the folder")]
    [InlineData("file,label\n1.png,\n", "line 2: got an empty cell")]
    [InlineData("name,label\n1.png,a\n", "line 1: expected the columns file and label")]
    [InlineData("", "the file is empty")]
    [InlineData("file,label\n", "there is no picture")]
    public void Labels_that_do_not_fit_are_refused_with_file_and_line(string labels, string expected)
    {
        // given
        Write("1.png", 1);
        var path = _folder.Write("labels.csv", labels);

        // when
        var error = Assert.Throws<InvalidDataException>(() => PictureFolder.Open(_folder.Path, Small));

        // then
        Assert.Contains(expected, error.Message);
        Assert.StartsWith(labels == "file,label\n" ? _folder.Path : path, error.Message);
    }

    [Fact]
    public void Pictures_without_classes_have_no_labels()
    {
        // given
        Write("2.png", 2);
        Write("1.png", 1);

        // when
        var folder = PictureFolder.Open(_folder.Path, Small);
        var single = PictureFolder.Open(Path.Combine(_folder.Path, "2.png"), Small);

        // then
        Assert.Null(folder.ClassNames);
        Assert.Equal(["1.png", "2.png"], folder.Files);
        Assert.Equal(-1, folder.Read(0).Label);
        Assert.Equal(2 / 255f, single.Read(0).Pixels[0]);
        Assert.Null(single.ToDataset().ClassNames);
    }

    [Fact]
    public void All_pictures_are_found_whatever_their_folders_where_labels_are_not_asked_for()
    {
        // given
        Write("b/1.png", 1);
        Write("2.png", 2);
        _folder.Write("labels.csv", "nonsense");

        // then
        Assert.Equal(["2.png", "b/1.png"], PictureFolder.OpenUnlabeled(_folder.Path, Small).Files);
    }

    [Fact]
    public void From_memory_from_the_cache_and_from_the_files_come_the_same_numbers()
    {
        // given
        Directory.CreateDirectory(Path.Combine(_folder.Path, "a"));
        foreach (var (name, file, _) in KnownPictures.All) _folder.Write($"a/{name}.{(name.EndsWith("Gif") ? "gif" : "jpg")}", file);
        var options = new PictureOptions { Size = new PictureSize(7, 9), Resize = PictureResize.Fit };
        int[] rows = [3, 0, 10, 3];

        // when
        var folder = PictureFolder.Open(_folder.Path, options);
        var cached = PictureFolder.Open(_folder.Path, options with { Cache = true });
        var fromFiles = folder.ToBatches().Read(rows, 0);
        var fromMemory = folder.ToDataset().Read(rows);
        var first = cached.ToBatches().Read(rows, 0);
        Directory.Delete(Path.Combine(_folder.Path, "a"), recursive: true);

        // then
        Assert.Equal(fromMemory.Input.ToArray<float>(), fromFiles.Input.ToArray<float>());
        Assert.Equal(fromMemory.Target.ToArray<int>(), fromFiles.Target.ToArray<int>());
        Assert.Equal(fromMemory.Input.ToArray<float>(), first.Input.ToArray<float>());
        Assert.Equal(first.Input.ToArray<float>(), cached.ToBatches().Read(rows, 1).Input.ToArray<float>());
        Assert.Throws<FileNotFoundException>(() => folder.Read(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Any_number_of_threads_decodes_the_same_pictures_and_skips_the_same(int threads)
    {
        // given
        for (var number = 0; number < 200; number++) WriteOrDamage($"{"ab"[number % 2]}/{number:000}.png", number, isDamaged: number % 9 == 4);

        // when
        var (folder, data) = OnThreads(threads, () =>
        {
            var folder = PictureFolder.Open(_folder.Path, Small with { SkipUnreadable = true });
            return (folder, folder.ToDataset());
        });

        // then
        string[] files = [.. Enumerable.Range(0, 200).OrderBy(static number => number % 2)
            .Where(static number => number % 9 != 4).Select(static number => $"{"ab"[number % 2]}/{number:000}.png")];
        Assert.Equal(files, folder.Files);
        Assert.Equal(files.Select(static file => (int.Parse(file[2..5]) % 256) / 255f), files.Select((_, row) => data.Read([row]).Input.ToArray<float>()[0]));
        Assert.Equal(200 - files.Length, folder.Report.Skipped.Count);
        Assert.Equal(folder.Report.Skipped.OrderBy(static fault => fault, StringComparer.Ordinal), folder.Report.Skipped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Of_several_damaged_pictures_the_first_is_the_error(int threads)
    {
        // given
        for (var number = 0; number < 300; number++) WriteOrDamage($"a/{number:000}.png", number, isDamaged: number is 120 or 121 or 150 or 290);
        var folder = PictureFolder.Open(_folder.Path, Small);

        // when
        var error = Assert.Throws<InvalidDataException>(() => OnThreads(threads, folder.ToDataset));

        // then
        Assert.StartsWith(Path.Combine(_folder.Path, "a", "120.png") + ": ", error.Message);
    }

    [Fact]
    public void Decoding_is_told_every_thousand_pictures_and_at_the_end()
    {
        // given: a file that is 2,500 pictures
        Write("one.png", 1);
        _folder.Write("labels.csv", "file,label\n" + string.Concat(Enumerable.Repeat("one.png,a\n", 2500)));
        var told = new List<PictureProgress>();
        var options = Small with { Progress = new Told(told.Add) };

        // when
        PictureFolder.Open(_folder.Path, options).ToDataset();
        var (split, _) = PictureFolder.Load(_folder.Path, options with { SkipUnreadable = true });

        // then: what is skipped is seen as it is decoded, once
        Assert.Equal([new(1000, 2500), new(2000, 2500), new(2500, 2500), new(1000, 2500), new(2000, 2500), new(2500, 2500)], told);
        Assert.Equal(2000, split.Train.Count);
    }

    [Fact]
    public void A_picture_of_a_batch_that_cannot_be_read_is_told_with_its_number()
    {
        // given
        Write("a/0.png", 1);
        WriteOrDamage("a/1.png", 2, isDamaged: true);
        var batches = PictureFolder.Open(_folder.Path, Small).ToBatches();

        // when
        var error = Assert.Throws<BatchReadException>(() => batches.Prefetch(new Batches(2, new() { Size = 2, Seed = 1 })).Epoch(4).Count());

        // then
        Assert.Equal((4, 0, 1), (error.Epoch, error.Batch, error.Sample));
        Assert.StartsWith($"epoch 4, batch 0, sample 1: {Path.Combine(_folder.Path, "a", "1.png")}: ", error.Message);
    }

    [Fact]
    public void Gray_pictures_have_one_channel()
    {
        // given
        Write("a/1.png", 100);

        // when
        var data = PictureFolder.Open(_folder.Path, Small with { Channels = 1 }).ToDataset();

        // then
        Assert.Equal([1, 4, 6], data.InputShape);
        Assert.Equal(100 / 255f, data.Read([0]).Input.Flatten()[0].Item<float>());
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_an_error_or_left_out_and_told()
    {
        // given
        Write("a/1.png", 1);
        var bad = _folder.Write("a/2.png", "no picture");
        Write("b/3.png", 3);

        // when
        var error = Assert.Throws<InvalidDataException>(() => PictureFolder.Open(_folder.Path, Small).ToDataset());
        var folder = PictureFolder.Open(_folder.Path, Small with { SkipUnreadable = true });

        // then
        Assert.StartsWith(bad, error.Message);
        Assert.Equal(["a/1.png", "b/3.png"], folder.Files);
        Assert.Equal(2, folder.Report.Read);
        Assert.Contains(bad, Assert.Single(folder.Report.Skipped));
        Assert.StartsWith("2 pictures, 1 skipped: ", folder.Report.ToString());
        Assert.Equal([0, 1], folder.ToDataset().Labels!);
    }

    [Fact]
    public void A_folder_is_split_at_random_by_its_seed()
    {
        // given
        for (var number = 0; number < 20; number++) Write($"{(number % 2 == 0 ? "a" : "b")}/{number}.png", (byte)number);

        // when
        var (split, report) = PictureFolder.Load(_folder.Path, Small with { ValidationShare = 0.2, TestShare = 0.1 });
        var other = PictureFolder.Load(_folder.Path, Small with { Seed = 1 }).Split;

        // then
        Assert.Equal((14, 4, 2, 20), (split.Train.Count, split.Validation.Count, split.Test.Count, report.Read));
        Assert.Equal(Enumerable.Range(0, 20), new[] { split.Train, split.Validation, split.Test }.SelectMany(Numbers).Order());
        Assert.NotEqual(Numbers(split.Train), Numbers(other.Train));
    }

    [Theory]
    [InlineData("val", true)]
    [InlineData("validation", false)]
    public void Folders_of_the_parts_are_the_split(string name, bool hasTest)
    {
        // given
        for (var number = 0; number < 10; number++) Write($"train/{(number % 2 == 0 ? "a" : "b")}/{number}.png", (byte)number);
        Write($"{name}/b/20.png", 20);
        if (hasTest) Write("test/b/30.png", 30);

        // when
        var split = PictureFolder.Load(_folder.Path, Small).Split;

        // then
        Assert.Equal([20], Numbers(split.Validation));
        Assert.Equal([1], split.Validation.Labels!);
        Assert.Equal(hasTest ? 10 : 9, split.Train.Count);
        if (hasTest) Assert.Equal([30], Numbers(split.Test));
    }

    [Fact]
    public void A_class_that_training_does_not_know_is_refused()
    {
        // given
        Write("train/a/1.png", 1);
        Write("train/b/2.png", 1);
        Write("test/c/3.png", 1);

        // when
        var error = Assert.Throws<InvalidDataException>(() => PictureFolder.Load(_folder.Path, Small));

        // then
        Assert.Contains("the class 'c' of c/3.png is none of those expected: a, b", error.Message);
    }

    [Fact]
    public void Classes_of_the_names_of_parts_are_classes()
    {
        // given: vehicles
        Write("train/1.png", 1);
        Write("test/2.png", 2);

        // then
        Assert.Equal(["test", "train"], PictureFolder.Load(_folder.Path, Small with { ValidationShare = 0, TestShare = 0 }).Split.Train.ClassNames);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        // given
        var missing = Path.Combine(_folder.Path, "none");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));

        // then
        Assert.Contains($"{missing}: no such folder", Assert.Throws<DirectoryNotFoundException>(() => PictureFolder.Open(missing)).Message);
        Assert.Contains("there is no picture: no .png, .jpg", Assert.Throws<InvalidDataException>(() => PictureFolder.Open(_folder.Path)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureFolder.Open(_folder.Path, new PictureOptions { Channels = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureFolder.Open(_folder.Path, new PictureOptions { Size = new PictureSize(0, 5) }));
        Write("a/1.png", 1);
        Assert.Contains("1 pictures are too few", Assert.Throws<InvalidDataException>(() => PictureFolder.Load(_folder.Path)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureFolder.Open(_folder.Path).Read(1));
    }

    private static IEnumerable<int> Numbers(Dataset data)
    {
        for (var row = 0; row < data.Count; row++) yield return (int)Math.Round(data.Read([row]).Input.Flatten()[0].Item<float>() * 255);
    }

    private void WriteOrDamage(string name, int number, bool isDamaged)
    {
        Write(name, (byte)number);
        var path = Path.Combine(_folder.Path, name);
        if (isDamaged) File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);
    }

    private static T OnThreads<T>(int threads, Func<T> work)
    {
        var before = Compute.Threads;
        try
        {
            Compute.Threads = threads;
            return work();
        }
        finally
        {
            Compute.Threads = before;
        }
    }

    private void Write(string name, byte shade)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, name))!);
        var picture = name.EndsWith(".bmp")
            ? TestPictures.Bmp(8, 8, 24, (_, _) => shade * 0x10101u)
            : TestPictures.Png(8, 8, TestPictures.Plain(8, 8, shade, shade, shade));
        _folder.Write(name, picture);
    }

    private sealed class Told(Action<PictureProgress> tell) : IProgress<PictureProgress>
    {
        public void Report(PictureProgress value) => tell(value);
    }
}
