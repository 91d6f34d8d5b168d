namespace Gradus.Training.Tests;

public sealed class DataSourceTests
{
    [Theory]
    [InlineData("digits", null, DataKind.Digits, null)]
    [InlineData("xor", null, DataKind.Xor, null)]
    [InlineData("mnist", "folder", DataKind.Mnist, "folder")]
    [InlineData("fashion-mnist", "folder", DataKind.FashionMnist, "folder")]
    [InlineData("csv:a:b.csv", null, DataKind.Csv, "a:b.csv")]
    [InlineData("text:a:b.txt", null, DataKind.Text, "a:b.txt")]
    [InlineData("pictures:a:b/", null, DataKind.Pictures, "a:b/")]
    [InlineData("cifar10", "folder", DataKind.Cifar10, "folder")]
    [InlineData("cifar100", "folder", DataKind.Cifar100, "folder")]
    [InlineData("npz:a.npz", null, DataKind.Arrays, "a.npz")]
    public void A_name_is_read(string text, string? directory, DataKind kind, string? path)
    {
        // when
        var source = DataSource.Parse(text, directory);

        // then
        Assert.Equal(new DataSource(kind, path), source);
        Assert.Equal(text.Split(':')[0], source.KindName);
        Assert.Equal(text, source.Word);
    }

    [Theory]
    [InlineData("nope", null, "data 'nope' is not known. There are: digits, spirals")]
    [InlineData("Digits", null, "is not known")]
    [InlineData("@x", null, "data '@x' is not known")]
    [InlineData("csv", null, "is not known")]
    [InlineData("csv:", null, "data 'csv:': the file is missing; expected csv:FILE")]
    [InlineData("text:", null, "data 'text:': the file is missing; expected text:FILE")]
    [InlineData("text", null, "is not known")]
    [InlineData("text:x", "folder", "directory is for mnist, fashion-mnist, cifar10 and cifar100 only")]
    [InlineData("csv:x", "folder", "directory is for mnist, fashion-mnist, cifar10 and cifar100 only")]
    [InlineData("xor", "folder", "directory is for mnist, fashion-mnist, cifar10 and cifar100 only")]
    [InlineData("pictures:", null, "data 'pictures:': the folder is missing; expected pictures:DIR")]
    [InlineData("cifar10", null, "say where its binary files are with directory.")]
    [InlineData("mnist", null, "say where its IDX files are with directory.")]
    public void A_name_that_cannot_be_is_refused_with_what_would_do(string text, string? directory, string message)
    {
        // when
        var exception = Assert.Throws<FormatException>(() => DataSource.Parse(text, directory));

        // then
        Assert.Contains(message, exception.Message);
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.95, null)]
    [InlineData(0.49999, 0.5)]
    [InlineData(-0.1, null)]
    [InlineData(double.NaN, null)]
    [InlineData(null, 1.0)]
    public void Shares_that_leave_nothing_to_train_on_are_refused(double? valid, double? test)
    {
        // given
        var options = new DataOptions { ValidationShare = valid, TestShare = test };

        // then
        foreach (var name in new[] { "xor", "digits" })
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(() => LoadedData.Load(DataSource.Parse(name, null), options));
            Assert.Contains(exception.ParamName, new[] { nameof(options.ValidationShare), nameof(options.TestShare) });
        }
    }

    [Fact]
    public void Options_that_do_not_apply_to_the_data_are_refused()
    {
        // given
        var mnist = DataSource.Parse("mnist", "folder");
        var target = new DataOptions { Target = "a" };
        var both = new DataOptions { Missing = Data.MissingValues.Drop, Delimiter = ';' };

        // then
        Assert.Contains("Target is for tables only", Assert.Throws<FormatException>(() => LoadedData.Load(Make.Xor, target)).Message);
        Assert.Contains("Missing, Delimiter are for tables only", Assert.Throws<FormatException>(() => LoadedData.Load(Make.Xor, both)).Message);
        Assert.Contains("a test set of its own", Assert.Throws<FormatException>(() => LoadedData.Load(mnist, new DataOptions { TestShare = 0.1 })).Message);
    }

    [Fact]
    public void Shares_of_zero_give_empty_parts()
    {
        // when
        var (train, valid, test) = LoadedData.Load(Make.Xor, new DataOptions { ValidationShare = 0, TestShare = 0 }).Split;

        // then
        Assert.Equal((2000, 0, 0), (train.Count, valid.Count, test.Count));
    }
}
