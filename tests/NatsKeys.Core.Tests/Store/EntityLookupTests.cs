using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

public class EntityLookupTests
{
    [Theory]
    [EveryStore]
    public void The_only_one_needs_no_name(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        Assert.Equal(StoreBox.O, box.Store.FindOperator(null).Path);
        Assert.Equal(StoreBox.A, box.Store.FindAccount(null, null).Path);
        Assert.Equal(StoreBox.A, box.Store.FindAccount("o", null).Path);
    }

    [Theory]
    [EveryStore]
    public void Of_several_one_must_be_named(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(new EntityPath("O2", "A", "U"));
        Refused.With(ErrorCode.EntityAmbiguous, () => box.Store.FindOperator(null));
        Refused.With(ErrorCode.EntityAmbiguous, () => box.Store.FindAccount(null, null));
        Refused.With(ErrorCode.EntityAmbiguous, () => box.Store.FindUser("U"));
        NatsKeysException error = Refused.With(ErrorCode.EntityAmbiguous, () => box.Store.FindAccount(null, "a"));
        Assert.Contains("account O/A", error.Message, StringComparison.Ordinal);
        Assert.Contains("account O2/A", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [EveryStore]
    public void Slashes_name_what_stands_above(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(new EntityPath("O2", "A", "U")).With(new EntityPath("O2", "B", "U"));
        Assert.Equal(new EntityPath("O2", "A"), box.Store.FindAccount(null, "o2/a").Path);
        Assert.Equal(new EntityPath("O2", "A", "U"), box.Store.FindUser("O2/A/U").Path);
        Assert.Equal(new EntityPath("O2", "B", "U"), box.Store.FindUser("B/U").Path);
        Assert.Equal(new EntityPath("O2", "A"), box.Store.FindAccount("O2", "A").Path);
        Refused.With(ErrorCode.EntityAmbiguous, () => box.Store.FindUser("A/U"));
    }

    [Theory]
    [EveryStore]
    public void An_operator_that_contradicts_the_name_is_refused(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A).With(new EntityPath("O2", "A"));
        Assert.NotNull(Record.Exception(() => box.Store.FindAccount("O", "O2/A")) as NatsKeysException);
    }

    [Theory]
    [EveryStore]
    public void What_does_not_exist_is_not_found(StorePlace place)
    {
        using var box = new StoreBox(place);
        Refused.With(ErrorCode.EntityNotFound, () => box.Store.FindOperator(null));
        Refused.With(ErrorCode.EntityNotFound, () => box.Store.FindAccount(null, null));
        box.With(StoreBox.A);
        Refused.With(ErrorCode.EntityNotFound, () => box.Store.FindOperator("X"));
        Refused.With(ErrorCode.EntityNotFound, () => box.Store.FindAccount("X", null));
        Refused.With(ErrorCode.EntityNotFound, () => box.Store.FindAccount(null, "X"));
        Refused.With(ErrorCode.EntityNotFound, () => box.Store.FindAccount(null, "X/A"));
        Refused.With(ErrorCode.EntityNotFound, () => box.Store.FindUser("U"));
        Refused.With(ErrorCode.EntityNotFound, () => box.Store.FindUser("A/U"));
        Refused.With(ErrorCode.EntityNotFound, () => box.Store.FindUser("O/A/U/V"));
    }

    [Theory]
    [InlineData("../A")]
    [InlineData("..")]
    [InlineData("O/..")]
    [InlineData("/")]
    [InlineData("a\\b")]
    public void A_name_that_looks_like_a_path_finds_nothing(string name)
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        Assert.Equal(ErrorCode.EntityNotFound, Assert.Throws<NatsKeysException>(() => box.Store.FindAccount(null, name)).Code);
        Assert.Equal(ErrorCode.EntityNotFound, Assert.Throws<NatsKeysException>(() => box.Store.FindUser(name)).Code);
    }
}
