namespace NatsKeys.Fuzz;

/// <summary>Runs what may be refused.</summary>
internal static class Attempt
{
    /// <returns>False when the library refused with an error of its own.</returns>
    public static bool Run(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (NatsKeysException error)
        {
            Hold.That(Enum.IsDefined(error.Code) && error.Message.Length > 0, "an error without a code or a message");
            return false;
        }
    }
}
