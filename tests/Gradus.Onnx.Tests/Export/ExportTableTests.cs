using System.Reflection;

namespace Gradus.Onnx.Tests.Export;

public class ExportTableTests
{
    [Fact]
    public void Every_operator_of_the_table_is_written_or_refused_with_a_reason()
    {
        // given
        var all = All().ToArray();
        var written = ExportTable.All.Select(static row => row.Op).ToHashSet();

        // then
        Assert.NotEmpty(all);
        Assert.Equal([], all.Where(op => !written.Contains(op) && !Refusals.Why.ContainsKey(op)).Select(static op => op.Name));
        Assert.Equal([], Refusals.Why.Keys.Where(written.Contains).Select(static op => op.Name));
        Assert.Equal([], Refusals.Why.Keys.Concat(written).Except(all).Select(static op => op.Name));
    }

    [Fact]
    public void Every_operator_that_is_written_is_so_from_the_oldest_version_on() => Assert.Equal(
        [],
        ExportTable.All.GroupBy(static row => row.Op).Where(static rows => rows.Min(static row => row.Since) > OnnxExportOptions.OldestOpset)
            .Select(static rows => rows.Key.Name));

    [Fact]
    public void No_operator_has_two_rows_for_one_version() => Assert.Equal(
        [],
        ExportTable.All.GroupBy(static row => (row.Op, row.Since)).Where(static rows => rows.Count() > 1).Select(static rows => rows.Key.Op.Name));

    private static IEnumerable<Op> All() => ((Type[])[typeof(Ops), typeof(Slopes)])
        .SelectMany(static type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(static field => field.GetValue(null)).OfType<Op>();
}
