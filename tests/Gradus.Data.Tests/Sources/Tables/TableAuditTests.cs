namespace Gradus.Data.Tests;

public class TableAuditTests
{
    private static readonly TableOptions Audit = new() { Audit = true, Target = "y" };

    private static string[] Find(Table table, TableOptions? options = null) =>
        [.. table.Split(options ?? Audit).Audit!.Findings.Select(static finding => $"{finding.Kind} {finding.Column}: {finding.Text}")];

    private static int Noise(int row, int seed) => (int)((uint)((row + 1) * seed * 2654435761L) >> 7) % 1000;

    [Fact]
    public void A_plain_table_has_nothing_doubtful()
    {
        // given
        var table = Table.From(Enumerable.Range(0, 400)).Column("a", static row => Noise(row, 3)).Column("b", static row => Noise(row, 7) * 0.5)
            .Target("y", static row => Noise(row, 3) + Noise(row, 11) > 1000).ToTable();

        // then
        var audit = table.Split(Audit).Audit!;
        Assert.Empty(audit.Findings);
        Assert.Equal("audit: nothing doubtful was found\n", audit.ToString());
        Assert.Null(table.Split(Audit with { Audit = false }).Audit);
    }

    [Fact]
    public void Rows_in_several_parts_and_rows_that_contradict_each_other_are_counted()
    {
        // given: each row twice, and of each fifth pair the second has another target
        var table = Table.From(Enumerable.Range(0, 400)).Column("a", static row => Noise(row / 2, 3) + (row / 2)).Column("b", static row => Noise(row / 2, 7))
            .Target("y", static row => Noise(row / 2, 11) + (row % 10 == 1 ? 2000 : 0)).ToTable();

        // when
        var found = Find(table);

        // then
        Assert.Matches(@"^Duplicates : \d\d of 80 rows for validation and test have the inputs of a training row, \d\d of them its target too$", found[0]);
        Assert.Equal("Conflict : 80 of 400 rows have the inputs of another row and another target", found[1]);
    }

    [Fact]
    public void A_column_that_tells_the_class_by_itself_leaks()
    {
        // given
        bool IsIll(int row) => Noise(row, 3) > 600;
        var table = Table.From(Enumerable.Range(0, 400)).Column("dose", row => IsIll(row) ? 5 + (Noise(row, 5) * 0.001) : Noise(row, 5) * 0.001)
            .Column("ward", row => IsIll(row) ? row % 2 == 0 ? "north" : "south" : "home").Column("age", row => Noise(row, 13) + (IsIll(row) ? 300 : 0))
            .Column("billed", row => IsIll(row) ? Noise(row, 17) : null as int?).Target("y", row => IsIll(row) ? "ill" : "well").ToTable();

        // then
        Assert.Equal(
            [
                "Leak dose: by itself it tells the class of 80 of 80 rows: is it known before the target is?",
                "Leak ward: by itself it tells the class of 80 of 80 rows: is it known before the target is?",
                "Leak billed: by itself it tells the class of 80 of 80 rows: is it known before the target is?",
            ],
            Find(table)[..3]);
    }

    [Fact]
    public void A_column_that_tells_the_number_by_itself_leaks()
    {
        // given: a power of the target, and a text that has it
        var table = Table.From(Enumerable.Range(0, 400)).Column("cube", static row => Math.Pow(Noise(row, 3), 3)).Column("a", static row => Noise(row, 7))
            .Column("group", static row => $"g{Noise(row, 3) / 250}").Target("y", static row => Noise(row, 3) + (row % 2 * 0.25)).ToTable();

        // then
        Assert.Equal(["Leak cube: by itself it tells 100.0 % of the target: is it known before the target is?"], Find(table));
    }

    [Fact]
    public void Constant_columns_small_classes_and_missing_values_are_told_with_their_figures()
    {
        // given
        var table = Table.From(Enumerable.Range(0, 400)).Column("a", static row => Noise(row, 3)).Column("unit", static _ => "kg")
            .Column("b", static row => row % 4 == 0 ? null as int? : Noise(row, 7)).Target("y", static row => row % 100 == 7 ? "rare" : "common").ToTable();

        // then
        Assert.Equal(
            [
                "Constant unit: it has one value only",
                "Imbalance y: 4 rows are \"rare\", 396 are \"common\" (99.0 %); accuracy alone says little",
                "Missing b: 25.0 % of the rows have no value",
            ],
            Find(table));
        Assert.Equal(
            "audit: constant   \"unit\"  it has one value only\n" +
            "audit: imbalance  \"y\"     4 rows are \"rare\", 396 are \"common\" (99.0 %); accuracy alone says little\n" +
            "audit: missing    \"b\"     25.0 % of the rows have no value\n",
            table.Split(Audit).Audit!.ToString());
    }

    [Fact]
    public void Windows_of_a_series_are_no_duplicates()
    {
        var table = Table.From(Enumerable.Range(0, 100)).Column("same", static _ => 1).Target("y", static row => row % 5).ToTable();

        Assert.Equal(["Constant same: it has one value only"], Find(table, Audit with { Window = 5 }));
    }
}
