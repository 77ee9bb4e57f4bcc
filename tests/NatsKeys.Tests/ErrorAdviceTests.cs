namespace NatsKeys.Tests;

/// <summary>Every error says what to do about it.</summary>
public sealed class ErrorAdviceTests : ModuleTest
{
    [Fact]
    public void There_is_advice_for_every_error_and_it_is_a_sentence()
    {
        var advice = Run("foreach ($code in [enum]::GetValues([NatsKeys.ErrorCode])) { [NatsKeys.Errors.ErrorAdvice]::For($code) }").Output;
        Assert.Equal(Run("[enum]::GetNames([NatsKeys.ErrorCode])").Output.Count, advice.Count);
        Assert.All(advice, text => Assert.Matches(@"^[A-Z][^\n]{10,}\.\z", text.ToString()));
    }

    [Fact]
    public void An_error_record_carries_it_with_its_category_and_what_it_is_about()
    {
        var error = Assert.Single(Session.Run("Get-NatsAccount nobody -Store (New-NatsStore ./s)").Errors);
        Assert.Equal(("EntityNotFound,NatsKeys.Commands.GetNatsAccountCommand", System.Management.Automation.ErrorCategory.ObjectNotFound), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Contains("Get-NatsAccount", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(error.Exception.Message, error.ToString());
        Assert.NotNull(error.TargetObject);
    }
}
