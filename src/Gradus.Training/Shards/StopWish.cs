namespace Gradus.Training;

/// <summary>Whether a process wants the run to end, which all then do after the same step.</summary>
internal enum StopWish
{
    None,
    TimeIsOver,
    Interrupted,
}
