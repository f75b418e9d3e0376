md
 
