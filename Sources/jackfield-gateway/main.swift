#if Gateway
import Gateway
print("x")
#else
print("built without the trait Gateway")
#endif
